using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Sweeps.Search;

namespace ConvNetShell.Core.Sweeps.Storage;

/// <summary>Chooses the parameters of a sweep's next trials.</summary>
/// <param name="folder">The sweep.</param>
internal sealed class TrialPlanner(SweepFolder folder)
{
    private const int MostDraws = 1000;
    private readonly SweepDefinition definition = folder.Definition;
    private readonly SearchSpace space = folder.Definition.Space();
    private bool isExhausted; // all that the space has is planned

    /// <summary>Plans the whole of a grid or a random search, or one parameter set of TPE.</summary>
    /// <returns>False where another process is planning.</returns>
    public bool TryPlan() => folder.TryPlan(Next);

    /// <summary>Returns whether no further trials are to be planned.</summary>
    public bool IsComplete(IReadOnlyList<TrialPlan> planned) =>
        isExhausted
        || (definition.Method == SweepMethod.TPE ? planned.Count >= (long)definition.Trials * definition.Repeat : planned.Count > 0);

    private IReadOnlyList<TrialPlan> Next(IReadOnlyList<TrialPlan> planned)
    {
        if (IsComplete(planned))
        {
            return [];
        }
        IEnumerable<TrialParameters> sets = definition.Method switch
        {
            SweepMethod.Grid => space.Grid(),
            SweepMethod.Random => Draw(),
            _ => [Suggest(planned)],
        };
        var known = planned.Select(plan => plan.Id).ToHashSet(StringComparer.Ordinal);
        var added = new List<TrialPlan>();
        int set = planned.Count == 0 ? 0 : planned[^1].Set;
        foreach (TrialParameters parameters in sets.Where(parameters => known.Add(parameters.Identity(0))))
        {
            set++;
            for (int repetition = 0; repetition < definition.Repeat; repetition++)
            {
                int seed = definition.Seed + repetition;
                added.Add(
                    new TrialPlan(planned.Count + added.Count + 1, parameters.Identity(repetition), set, repetition, seed, parameters)
                );
            }
        }
        isExhausted = added.Count == 0;
        return added;
    }

    private IEnumerable<TrialParameters> Draw()
    {
        var random = new SeededRandom(definition.Seed);
        var drawn = new HashSet<string>(StringComparer.Ordinal);
        for (int left = MostDraws * definition.Trials; left > 0 && drawn.Count < definition.Trials; left--)
        {
            TrialParameters parameters = space.Draw(random);
            if (drawn.Add(parameters.Identity(0)))
            {
                yield return parameters;
            }
        }
    }

    private TrialParameters Suggest(IReadOnlyList<TrialPlan> planned)
    {
        SweepObjective objective = SweepObjective.Find(definition.Objective);
        Observation[] seen =
        [
            .. planned
                .Select(folder.Trial)
                .Where(trial => trial.HasEnded)
                .GroupBy(trial => trial.Set)
                .Select(set => new Observation(set.First().Parameters, set.Average(trial => objective.Loss(trial.Objective)))),
        ];
        var random = new SeededRandom(definition.Seed, planned.Count + 1);
        var known = planned.Select(plan => plan.Id).ToHashSet(StringComparer.Ordinal);
        var sampler = new TpeSampler();
        TrialParameters suggested = sampler.Next(space, seen, random);
        for (int draw = 0; draw < MostDraws && known.Contains(suggested.Identity(0)); draw++)
        {
            suggested = draw < sampler.Candidates ? sampler.Next(space, seen, random) : space.Draw(random);
        }
        return suggested;
    }
}
