using EdgeHub.Hub.Settlement;
using Microsoft.Extensions.Logging;

namespace EdgeHub.Tests.Bench;

/// <summary>Judging of honest journals has nothing to say: what it says ends the bench.</summary>
internal sealed class BenchLog : ILogger<SettlementStep>
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        throw new InvalidOperationException(formatter(state, exception), exception);
}
