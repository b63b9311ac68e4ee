namespace EdgeHub.Hub.Jobs;

/// <summary>Where people look first when verify names a difference: a command that shows the thing.</summary>
internal static class AuditPlaces
{
    private static readonly (string Table, Func<string, string> Look)[] Places =
    [
        ("ledger of", key => $"hub ledger show --cause {key}"),
        ("ledger_set", key => $"hub ledger show --cause {key.Split(' ')[0]}"),
        ("ledger_balance", key => $"hub ledger show --account {string.Join('/', key.Split('/').Take(2))}"),
        ("ledger_period", key => $"hub month list; hub ledger balance --month {key.Trim('(').Split(',')[0]}"),
        ("ledger_month", key => $"hub month list; hub ledger balance --month {key}"),
        ("ledger_leg", _ => "hub ledger table"),
        ("decided_rollup", _ => "hub report settlement --month MONTH"),
        ("claimed_rollup", _ => "hub status; the site's journal (agent journal)"),
        ("recovery_case", _ => "hub case list; hub report owed"),
        ("settled_by_hand", _ => "hub case list --closed; hub report quarantine"),
        ("payable", _ => "hub report owed"),
        ("policy_run", key => $"hub report retro --run {key.Split(' ')[0]}"),
        ("store", _ => "the handbook, \"A hub's store that broke\""),
        ("loaded", what => $"hub load {what}; the handbook, \"A hub's store that broke\""),
        ("county_index", _ => "hub load members; the index follows them by itself"),
        ("county_", key => $"hub report package --year {key.Split(' ')[0]}"),
        ("settlement_refund", key => $"hub ledger show --cause refund/{key}"),
        ("settlement_", key => $"the journal line DEVICE/EPOCH/SEQ {key.Split(' ')[0]}; hub ledger show --cause settlement/{key.Split(' ')[0]}"),
        ("decision", key => $"hub ledger show --cause settlement/{key}; hub report owed"),
        ("person_accumulator", _ => "the journal lines of the entry's person; hub report owed (open cases Unexpected)"),
        ("segment", _ => "hub status; the raw batches that hub export audit writes"),
        ("entry", _ => "hub status; the raw batches that hub export audit writes"),
        ("device", _ => "hub device list"),
    ];

    /// <summary>Blank for a table that nobody described.</summary>
    public static string Of(string table, string key) =>
        Array.Find(Places, place => table.StartsWith(place.Table, StringComparison.Ordinal)).Look?.Invoke(key) ?? "";
}
