namespace EdgeHub.Quickstart.Accounts;

/// <summary>Where a morning leaves what its recount reads.</summary>
public sealed class Files(string state)
{
    public string Journals { get; } = Path.Combine(state, "journals");
    public string Decisions { get; } = Path.Combine(state, "decisions");
    public string Reports { get; } = Path.Combine(state, "reports");
    public string Settlement { get; } = Path.Combine(state, "reports", "settlement.json");
    public string Result { get; } = Path.Combine(state, "result.json");

    public string Journal(string site) => Path.Combine(Journals, site + ".ndjson");

    public string Decided(string site) => Path.Combine(Decisions, site + ".json");

    public void Make()
    {
        Directory.CreateDirectory(Journals);
        Directory.CreateDirectory(Decisions);
        Directory.CreateDirectory(Reports);
    }
}
