using System.Globalization;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>Single values of the parameters that the hub feeds.</summary>
public static class ParameterStore
{
    /// <summary>A whole number from 0 to 100,000; null: none is fed, or it is something else.</summary>
    public static int? Whole(StoreSession session, string name) =>
        session.Prepared("select value from parameter where name = $1").Scalar(name) is string text
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= 100_000 ? value : null;
}
