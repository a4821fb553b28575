using System.Management.Automation;
using ConvNetShell.Kernel.Engine;
using ConvNetShell.Kernel.Widgets;

namespace ConvNetShell.Kernel.Shells;

/// <summary>
/// The variables that the shells of a kernel have in common: the same variables, not copies, so that each sees at once what another
/// assigns. A shell gets those that others have made, and loses those that they have removed, before its next request.
/// </summary>
internal sealed class SharedVariables
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, PSVariable> shared = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<SessionVariables, Dictionary<string, (PSVariable Shared, PSVariable Own)>> known = [];

    /// <summary>Takes what a session has made and removed since it was last asked; its cell may be running.</summary>
    public void Publish(SessionVariables session)
    {
        lock (gate)
        {
            Dictionary<string, (PSVariable Shared, PSVariable Own)> before = Known(session);
            IReadOnlyDictionary<string, PSVariable> present = session.Read();
            foreach ((string name, PSVariable variable) in present)
            {
                if (!before.TryGetValue(name, out (PSVariable Shared, PSVariable Own) entry) || entry.Own != variable)
                {
                    shared[name] = variable;
                    before[name] = (variable, variable);
                }
            }

            foreach (string name in before.Keys.Where(name => !present.ContainsKey(name)).ToArray())
            {
                if (shared.GetValueOrDefault(name) == before[name].Shared)
                {
                    shared.Remove(name);
                }

                before.Remove(name);
            }
        }
    }

    /// <summary>Brings a session what the others have made and removed; to be called on its own thread, between cells.</summary>
    public void Adopt(SessionVariables session)
    {
        lock (gate)
        {
            Dictionary<string, (PSVariable Shared, PSVariable Own)> before = Known(session);
            foreach (string name in before.Keys.Where(name => !shared.ContainsKey(name)).ToArray())
            {
                session.Remove(name);
                before.Remove(name);
            }

            foreach ((string name, PSVariable variable) in shared)
            {
                if (before.GetValueOrDefault(name).Shared != variable)
                {
                    PSVariable own = Own(variable);
                    session.Share(own);
                    before[name] = (variable, own);
                }
            }
        }
    }

    /// <summary>Forgets a session that has ended; what it has made stays.</summary>
    public void Forget(SessionVariables session)
    {
        lock (gate)
        {
            known.Remove(session);
        }
    }

    // A script block runs on the thread of its own session, for which a shell would have to wait.
    private static PSVariable Own(PSVariable variable) =>
        (variable.Value is PSObject wrapped ? wrapped.BaseObject : variable.Value) is ScriptBlock block
            ? new PSVariable(variable.Name, WidgetBlock.Copy(block), variable.Options)
            : variable;

    private Dictionary<string, (PSVariable Shared, PSVariable Own)> Known(SessionVariables session)
    {
        if (!known.TryGetValue(session, out Dictionary<string, (PSVariable Shared, PSVariable Own)>? entry))
        {
            known[session] = entry = new(StringComparer.OrdinalIgnoreCase);
        }

        return entry;
    }
}
