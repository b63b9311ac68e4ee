using Xunit.Abstractions;
using Xunit.Sdk;

namespace EdgeHub.Tests.Mutation;

/// <summary>One after the other, and a table of cases as one test: so its cases are read anew in every run.</summary>
public sealed class RunOptions : ITestFrameworkDiscoveryOptions, ITestFrameworkExecutionOptions
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal)
    {
        ["xunit.discovery.PreEnumerateTheories"] = false,
        ["xunit.execution.DisableParallelization"] = true,
        ["xunit.execution.SynchronousMessageReporting"] = true,
    };

    public TValue GetValue<TValue>(string name) => _values.TryGetValue(name, out var value) && value is TValue typed ? typed : default!;

    public void SetValue<TValue>(string name, TValue value) => _values[name] = value;
}

/// <summary>Notes the first failure and the time taken.</summary>
public sealed class OutcomeSink(bool stopAtFailure) : LongLivedMarshalByRefObject, IMessageSink
{
    public string? Failure { get; private set; }

    public TimeSpan Took { get; private set; }

    public bool OnMessage(IMessageSinkMessage message)
    {
        if (message is ITestResultMessage result)
        {
            Took += TimeSpan.FromSeconds((double)result.ExecutionTime);
        }
        if (message is IFailureInformation failure)
        {
            Failure ??= string.Join(" | ", failure.Messages);
        }
        return Failure is null || !stopAtFailure;
    }
}

/// <summary>Gathers the tests found.</summary>
public sealed class DiscoverySink : LongLivedMarshalByRefObject, IMessageSink, IDisposable
{
    public List<IXunitTestCase> Cases { get; } = [];

    public ManualResetEvent Finished { get; } = new(initialState: false);

    public bool OnMessage(IMessageSinkMessage message)
    {
        switch (message)
        {
            case ITestCaseDiscoveryMessage { TestCase: IXunitTestCase found }:
                Cases.Add(found);
                break;
            case IDiscoveryCompleteMessage:
                Finished.Set();
                break;
        }
        return true;
    }

    public void Dispose() => Finished.Dispose();
}

/// <summary>Diagnostics of the framework itself are not read.</summary>
public sealed class NullSink : LongLivedMarshalByRefObject, IMessageSink
{
    public bool OnMessage(IMessageSinkMessage message) => true;
}

/// <summary>Where a test stands in a file is not asked.</summary>
public sealed class NoSources : LongLivedMarshalByRefObject, ISourceInformationProvider
{
    public ISourceInformation GetSourceInformation(ITestCase testCase) => new SourceInformation();

    public void Dispose()
    {
    }
}
