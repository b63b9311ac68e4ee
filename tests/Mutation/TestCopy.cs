using System.Runtime.Loader;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace EdgeHub.Tests.Mutation;

/// <summary>How one test of a copy ended.</summary>
public sealed record TestOutcome(string Name, string? Failure, TimeSpan Took);

/// <summary>The rules and their tests, loaded once more: statics start anew. What they use (xUnit, FsCheck) is the process's own.</summary>
public sealed class TestCopy
{
    private static readonly string[] Copied = ["EdgeHub.Tests.Mutation", "EdgeHub.Rules"];

    private readonly AssemblyLoadContext _context = new(nameof(TestCopy), isCollectible: true);
    private readonly IAssemblyInfo _assembly;
    private readonly Dictionary<string, List<IXunitTestCase>> _cases;

    public TestCopy()
    {
        _context.Resolving += (context, name) => Copied.Contains(name.Name, StringComparer.Ordinal) ? context.LoadFromAssemblyPath(PathOf(name.Name!)) : null;
        foreach (var name in Copied.Reverse())
        {
            _context.LoadFromAssemblyPath(PathOf(name));
        }
        _assembly = Reflector.Wrap(_context.Assemblies.Single(each => each.GetName().Name == Copied[0]));
        _cases = Discover();
    }

    /// <summary>Namespace, class and method of every test; a table of cases is one test.</summary>
    public IEnumerable<string> Names => _cases.Keys;

    public List<TestOutcome> Run(IReadOnlyList<string> names, bool stopAtFailure)
    {
        var outcomes = new List<TestOutcome>();
        foreach (var name in names)
        {
            var sink = new OutcomeSink(stopAtFailure);
            using (var runner = new XunitTestAssemblyRunner(new TestAssembly(_assembly), _cases[name], new NullSink(), sink, new RunOptions()))
            {
                runner.RunAsync().GetAwaiter().GetResult();
            }
            outcomes.Add(new TestOutcome(name, sink.Failure, sink.Took));
            if (stopAtFailure && sink.Failure is not null)
            {
                break;
            }
        }
        return outcomes;
    }

    public void Unload() => _context.Unload();

    private Dictionary<string, List<IXunitTestCase>> Discover()
    {
        using var found = new DiscoverySink();
        using var discoverer = new XunitTestFrameworkDiscoverer(_assembly, new NoSources(), new NullSink());
        discoverer.Find(includeSourceInformation: false, found, new RunOptions());
        found.Finished.WaitOne();
        return found.Cases.GroupBy(each => $"{each.TestMethod.TestClass.Class.Name}.{each.TestMethod.Method.Name}", StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
    }

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, $"{name}.dll");
}
