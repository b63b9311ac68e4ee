using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EdgeHub.Hub.Ledger;

/// <summary>How a month was closed.</summary>
/// <param name="ClosedBy">The operator who closed it; blank: closed before that was kept.</param>
/// <param name="Sets">How many sets it has.</param>
/// <param name="Previous">Hash of the closing before it; sixty-four zeros: none.</param>
/// <param name="Hash">Over this closing's head and all sets and legs of the month, hexadecimal; blank: closed before hashes were kept.</param>
public sealed record Closing(string Region, string Month, long ClosedMs, string ClosedBy, long Sets, string Previous, string Hash)
{
    public static readonly string NoPrevious = new('0', 64);
}

/// <summary>What one kind of envelope had before a closed month, what the month moved, and what it had after; minor units.</summary>
public sealed record ClosingTotal(string Currency, string Kind, long Opening, long Movement, long Closed);

/// <summary>One leg with its set, as the hash of a month takes them: by set, then by number.</summary>
public sealed class MonthLeg
{
    public Guid SetId { get; init; }
    public string Cause { get; init; } = "";
    public DateOnly ValueDate { get; init; }
    public DateOnly PostingDate { get; init; }
    public Guid? Corrects { get; init; }
    public long Legs { get; init; }
    public long LegNo { get; init; }
    public string Event { get; init; } = "";
    public string Currency { get; init; } = "";
    public string Kind { get; init; } = "";
    public string Owner { get; init; } = "";
    public string Scheme { get; init; } = "";
    public string Period { get; init; } = "";
    public long Fen { get; init; }
    public string Rule { get; init; } = "";
    public string Article { get; init; } = "";
}

/// <summary>The hash of a closed month: SHA-256 over lines of cells with a tab between and LF behind, in UTF-8. First
/// "closing", region, month, closed at (milliseconds), closed by, previous hash; then for each set, by its id, "set", id, cause, value
/// date, posting date, the set it corrects or nothing, number of legs; and behind each set its legs, "leg", number, event,
/// currency, kind, owner, scheme, period, minor units, rule, article.</summary>
public sealed class MonthHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private Guid? _set;

    public MonthHash(string region, string month, long closedMs, string closedBy, string previous) =>
        Line("closing", region, month, Number(closedMs), closedBy, previous);

    public long Sets { get; private set; }

    public void Add(MonthLeg leg)
    {
        if (_set != leg.SetId)
        {
            _set = leg.SetId;
            Set(leg.SetId.ToString("D"), leg.Cause, Day(leg.ValueDate), Day(leg.PostingDate), leg.Corrects?.ToString("D") ?? "", leg.Legs);
        }
        Leg(leg.LegNo, leg.Event, leg.Currency, leg.Kind, leg.Owner, leg.Scheme, leg.Period, leg.Fen, leg.Rule, leg.Article);
    }

    /// <summary>A set begins. Days as yyyy-MM-dd, ids in small letters with hyphens.</summary>
    public void Set(string id, string cause, string valueDate, string postingDate, string corrects, long legs)
    {
        Sets++;
        Line("set", id, cause, valueDate, postingDate, corrects, Number(legs));
    }

    /// <summary>A leg of the set that began last.</summary>
    public void Leg(
        long number, string happened, string currency, string kind, string owner, string scheme, string period, long fen, string rule, string article) =>
        Line("leg", Number(number), happened, currency, kind, owner, scheme, period, Number(fen), rule, article);

    public string Done() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();

    private void Line(params ReadOnlySpan<string> cells) => _hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\t', cells!) + "\n"));

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
