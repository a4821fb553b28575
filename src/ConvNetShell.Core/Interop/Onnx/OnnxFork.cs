namespace ConvNetShell.Core.Interop.Onnx;

/// <summary>A part of a graph in which several operators take one value, up to the operator that joins what they give.</summary>
/// <param name="Join">The operator that joins the branches.</param>
/// <param name="Count">The number of operators of all branches, the join included.</param>
/// <param name="Branches">The operators of each branch and the value that it ends in.</param>
internal sealed record OnnxFork(OnnxNode Join, int Count, IReadOnlyList<(IReadOnlyList<OnnxNode> Nodes, string End)> Branches)
{
    /// <summary>Finds the branches that begin at a value.</summary>
    /// <param name="nodes">The operators that follow, each after those whose values it takes.</param>
    /// <param name="value">The value that two or more of them take.</param>
    /// <exception cref="Errors.InvalidSettingException">They do not come together, or share operators.</exception>
    public static OnnxFork Find(IReadOnlyList<OnnxNode> nodes, string value)
    {
        var takers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string name in nodes.SelectMany(node => node.Input.Distinct()))
        {
            takers[name] = takers.GetValueOrDefault(name) + 1;
        }
        // the values that operators still wait for; one alone is what all branches have become
        var open = new Dictionary<string, int>(StringComparer.Ordinal) { [value] = takers[value] };
        for (int i = 0; i < nodes.Count; i++)
        {
            string[] taken = [.. nodes[i].Input.Distinct().Where(open.ContainsKey)];
            foreach (string name in taken)
            {
                if (--open[name] == 0)
                {
                    open.Remove(name);
                }
            }
            bool isLast = open.Count == 0 && taken.Length > 1;
            if (taken.Length > 0 && nodes[i].Output.Count > 0)
            {
                open[nodes[i].Output[0]] = takers.GetValueOrDefault(nodes[i].Output[0]);
            }
            if (isLast)
            {
                return Of([.. nodes.Take(i)], nodes[i], value);
            }
        }
        throw OnnxChain.Wrong(nodes[0], $"operators that join again what takes '{value}'");
    }

    private static OnnxFork Of(IReadOnlyList<OnnxNode> nodes, OnnxNode join, string value)
    {
        var makers = nodes.ToDictionary(node => node.Output.Count > 0 ? node.Output[0] : string.Empty, StringComparer.Ordinal);
        var used = new HashSet<OnnxNode>(ReferenceEqualityComparer.Instance);
        var branches = new List<(IReadOnlyList<OnnxNode>, string)>();
        foreach (string end in join.Input)
        {
            var own = new HashSet<OnnxNode>(ReferenceEqualityComparer.Instance);
            var wanted = new Stack<string>([end]);
            while (wanted.TryPop(out string? name))
            {
                if (name != value && makers.TryGetValue(name, out OnnxNode? node) && own.Add(node))
                {
                    if (!used.Add(node))
                    {
                        throw OnnxChain.Wrong(node, "an operator of one branch only");
                    }
                    foreach (string input in node.Input)
                    {
                        wanted.Push(input);
                    }
                }
            }
            branches.Add(([.. nodes.Where(own.Contains)], end));
        }
        return used.Count == nodes.Count
            ? new OnnxFork(join, nodes.Count + 1, branches)
            : throw OnnxChain.Wrong(nodes.First(node => !used.Contains(node)), "an operator of a branch");
    }
}
