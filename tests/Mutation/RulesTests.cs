using Microsoft.Testing.Platform.Extensions.Messages;
using Microsoft.Testing.Platform.Extensions.TestFramework;
using Microsoft.Testing.Platform.Requests;

namespace EdgeHub.Tests.Mutation;

/// <summary>The tests of the rules as one process that stays: each request runs on a copy of the rules and their tests of its own, so that no table,
/// cache or static value that one mutant spoilt is met by the next, while xUnit and FsCheck stay compiled.</summary>
public sealed class RulesTests : ITestFramework, IDataProducer
{
    /// <summary>Given while it is noted which test reaches which mutant: one copy throughout, since the note is kept in the copy.</summary>
    private const string CoverageVariable = "STRYKER_COVERAGE_FILE";

    /// <summary>Copies stay in memory (the frameworks keep their types): after so many the process ends, and the tool starts another.</summary>
    private const int MostCopies = 250;

    private static readonly TestCopy? Lasting = Environment.GetEnvironmentVariable(CoverageVariable) is { Length: > 0 } ? new TestCopy() : null;
    private static readonly Dictionary<string, TimeSpan> LastTook = new(StringComparer.Ordinal);
    private static int _copies;

    public string Uid => nameof(RulesTests);

    public string Version => "1.0.0";

    public string DisplayName => "Tests of the rules";

    public string Description => "xUnit tests, each request on a fresh copy";

    public Type[] DataTypesProduced => [typeof(TestNodeUpdateMessage)];

    public Task<bool> IsEnabledAsync() => Task.FromResult(true);

    public Task<CreateTestSessionResult> CreateTestSessionAsync(CreateTestSessionContext context) => Task.FromResult(new CreateTestSessionResult { IsSuccess = true });

    public Task<CloseTestSessionResult> CloseTestSessionAsync(CloseTestSessionContext context) => Task.FromResult(new CloseTestSessionResult { IsSuccess = true });

    public async Task ExecuteRequestAsync(ExecuteRequestContext context)
    {
        if (Lasting is null && _copies++ >= MostCopies)
        {
            Environment.Exit(0); // the tool asks the next process the same
        }
        try
        {
            var copy = Lasting ?? new TestCopy();
            foreach (var update in context.Request is RunTestExecutionRequest run ? Run(copy, run) : copy.Names.Select(name => Node(name, DiscoveredTestNodeStateProperty.CachedInstance)))
            {
                await context.MessageBus.PublishAsync(this, new TestNodeUpdateMessage(context.Request.Session.SessionUid, update));
            }
            if (copy != Lasting)
            {
                copy.Unload();
            }
        }
        finally
        {
            context.Complete();
        }
    }

    /// <summary>Quick tests first, and none after the first that fails: a mutant is dead then.</summary>
    private List<TestNode> Run(TestCopy copy, RunTestExecutionRequest request)
    {
        var wanted = request.Filter is TestNodeUidListFilter list ? list.TestNodeUids.Select(uid => uid.Value).ToHashSet(StringComparer.Ordinal) : null;
        var names = copy.Names.Where(name => wanted?.Contains(name) ?? true).OrderBy(name => LastTook.GetValueOrDefault(name)).ToList();
        var outcomes = copy.Run(names, stopAtFailure: MutantFile.IsMutantActive());
        foreach (var outcome in outcomes)
        {
            LastTook[outcome.Name] = outcome.Took;
        }
        return [.. outcomes.Select(outcome => Node(outcome.Name, outcome.Failure is null
            ? PassedTestNodeStateProperty.CachedInstance
            : new FailedTestNodeStateProperty(outcome.Failure)))];
    }

    private static TestNode Node(string name, IProperty state) => new() { Uid = name, DisplayName = name, Properties = new PropertyBag(state) };
}
