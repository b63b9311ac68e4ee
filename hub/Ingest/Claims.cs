using System.Globalization;
using System.Text.Json;
using EdgeHub.Sync.Journal;

namespace EdgeHub.Hub.Ingest;

/// <summary>A cell of the claimed rollup.</summary>
/// <param name="ServiceMonth">yyyy-MM of the service day.</param>
public readonly record struct ClaimKey(string VisitType, string ServiceMonth, string Currency);

/// <summary>What the lines of a batch claim for a cell, minor units; reversals count against.</summary>
public sealed class ClaimSum
{
    public long Settled { get; set; }
    public long Reversed { get; set; }
    public long Total { get; set; }
    public long Fund { get; set; }
    public long Account { get; set; }
    public long Cash { get; set; }
    public long Catastrophic { get; set; }
    public long Assistance { get; set; }

    /// <summary>Invoices that a desk took in for reimbursement. What they come to stands in no share: the hub decides who bears it.</summary>
    public long Invoices { get; set; }

    public long Invoiced { get; set; }

    /// <summary>Nothing but what was counted before layers and invoices were.</summary>
    public ClaimSum Package => new() { Settled = Settled, Reversed = Reversed, Total = Total, Fund = Fund, Account = Account, Cash = Cash };

    /// <summary>Invoices and nothing else.</summary>
    public bool IsInvoicesAlone => Invoices > 0 && (Settled | Reversed | Total | Fund | Account | Cash) == 0;

    /// <summary>Both together, as a sum of its own.</summary>
    public ClaimSum Plus(ClaimSum other) => new()
    {
        Settled = Settled + other.Settled, Reversed = Reversed + other.Reversed, Total = Total + other.Total,
        Fund = Fund + other.Fund, Account = Account + other.Account, Cash = Cash + other.Cash,
        Catastrophic = Catastrophic + other.Catastrophic, Assistance = Assistance + other.Assistance,
        Invoices = Invoices + other.Invoices, Invoiced = Invoiced + other.Invoiced,
    };

    /// <summary>Adds these amounts with a sign: a reversal and a partial refund take back.</summary>
    internal void Add(ClaimAmounts amounts, int sign)
    {
        Total += sign * amounts.Total;
        Fund += sign * amounts.Fund;
        Account += sign * amounts.Account;
        Cash += sign * amounts.Cash;
        Catastrophic += sign * amounts.Catastrophic;
        Assistance += sign * amounts.Assistance;
    }
}

/// <summary>What one entry says, minor units.</summary>
internal record struct ClaimAmounts(long Total, long Fund, long Account, long Cash, long Catastrophic, long Assistance)
{
    public readonly ClaimAmounts Positive => new(Math.Abs(Total), Math.Abs(Fund), Math.Abs(Account), Math.Abs(Cash), Math.Abs(Catastrophic), Math.Abs(Assistance));
}

/// <summary>Adds up what settlements, reversals and invoices claim, reading only the few columns that it needs. For watching alone: what a
/// body really says is judged by Settlement, so a body that cannot be read here is simply no claim.</summary>
public sealed class Claims
{
    /// <summary>No bill comes near 10^10 in major units; a larger one is left to Settlement's quarantine.</summary>
    private const long LargestAmount = 1_000_000_000_000;

    private const int MostVisitTypeCharacters = 8;

    private readonly Dictionary<ClaimKey, ClaimSum> _sums = [];

    [Flags]
    private enum Sought { Nothing = 0, VisitType = 1, Currency = 2, ServiceDay = 4, Total = 8, Shares = 16, OfInvoice = 15, All = 31 }

    public IReadOnlyDictionary<ClaimKey, ClaimSum> Sums => _sums;

    public void Add(string kind, ReadOnlySpan<byte> body)
    {
        if (kind == Kinds.VisitPartlyRefunded)
        {
            AddDifference(body);
            return;
        }
        var (settled, invoice) = (kind == Kinds.VisitSettled, kind == Kinds.ReimbursementClaimed);
        if ((!settled && !invoice && kind != Kinds.VisitReversed) || !Read(body, invoice ? Sought.OfInvoice : Sought.All, out var key, out var amounts))
        {
            return;
        }
        var sum = Of(key);
        if (invoice)
        {
            sum.Invoices++;
            sum.Invoiced += Math.Abs(amounts.Total);
            return;
        }
        sum.Settled += settled ? 1 : 0;
        sum.Reversed += settled ? 0 : 1;
        // A reversal's body mirrors its settlement: whichever sign it writes, it takes the same amounts back.
        sum.Add(amounts.Positive, settled ? 1 : -1);
    }

    /// <summary>A partial refund takes its difference back; the settlement goes on standing, so none is counted.</summary>
    private void AddDifference(ReadOnlySpan<byte> body)
    {
        if (ReadDifference(body, out var key, out var back))
        {
            Of(key).Add(back, -1);
        }
    }

    private ClaimSum Of(ClaimKey key)
    {
        if (!_sums.TryGetValue(key, out var sum))
        {
            _sums.Add(key, sum = new ClaimSum());
        }
        return sum;
    }

    private static bool ReadDifference(ReadOnlySpan<byte> body, out ClaimKey key, out ClaimAmounts back)
    {
        key = default;
        back = default;
        var known = false;
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = JournalCodec.MaxDepth });
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (isNow, isDifference) = (reader.ValueTextEquals("now"u8), reader.ValueTextEquals("difference"u8));
                reader.Read();
                var from = (int)reader.TokenStartIndex;
                reader.Skip();
                var value = body[from..(int)reader.BytesConsumed];
                if (isNow)
                {
                    known = Read(value, Sought.All, out key, out _);
                }
                else if (isDifference)
                {
                    back = Difference(value);
                }
            }
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException or InvalidOperationException)
        {
            return false;
        }
        return known;
    }

    /// <summary>The shares of a difference; its total is their sum.</summary>
    private static ClaimAmounts Difference(ReadOnlySpan<byte> shares)
    {
        var reader = new Utf8JsonReader(shares);
        var back = default(ClaimAmounts);
        Parts(ref reader, ref back);
        return back with { Total = back.Fund + back.Account + back.Cash + back.Catastrophic + back.Assistance };
    }

    private static bool Read(ReadOnlySpan<byte> body, Sought sought, out ClaimKey key, out ClaimAmounts amounts)
    {
        var (visitType, currency, day) = ("", "", default(DateOnly));
        amounts = default;
        key = default;
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = JournalCodec.MaxDepth });
            reader.Read();
            // The few columns stand before the lines of the bill: nothing behind the last of them is looked at.
            while (sought != Sought.Nothing && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("visitType"u8))
                {
                    visitType = Text(ref reader);
                    sought &= ~Sought.VisitType;
                }
                else if (reader.ValueTextEquals("currency"u8))
                {
                    currency = Text(ref reader);
                    sought &= ~Sought.Currency;
                }
                else if (reader.ValueTextEquals("serviceDay"u8))
                {
                    day = DateOnly.ParseExact(Text(ref reader), "yyyy-MM-dd", CultureInfo.InvariantCulture);
                    sought &= ~Sought.ServiceDay;
                }
                else if (reader.ValueTextEquals("total"u8))
                {
                    amounts.Total = Amount(ref reader);
                    sought &= ~Sought.Total;
                }
                else if (reader.ValueTextEquals("totals"u8))
                {
                    Parts(ref reader, ref amounts);
                    sought &= ~Sought.Total;
                }
                else if (reader.ValueTextEquals("shares"u8))
                {
                    Parts(ref reader, ref amounts);
                    sought &= ~Sought.Shares;
                }
                else
                {
                    reader.Read();
                    reader.Skip();
                }
            }
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException or InvalidOperationException)
        {
            return false;
        }
        key = new ClaimKey(visitType, day.ToString("yyyy-MM", CultureInfo.InvariantCulture), currency);
        return visitType.Length is > 0 and <= MostVisitTypeCharacters && currency.Length == 3 && day != default;
    }

    private static void Parts(ref Utf8JsonReader reader, ref ClaimAmounts amounts)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("total"u8))
            {
                amounts.Total = Amount(ref reader);
            }
            else if (reader.ValueTextEquals("fund"u8))
            {
                amounts.Fund = Amount(ref reader);
            }
            else if (reader.ValueTextEquals("account"u8))
            {
                amounts.Account = Amount(ref reader);
            }
            else if (reader.ValueTextEquals("cash"u8))
            {
                amounts.Cash = Amount(ref reader);
            }
            else if (reader.ValueTextEquals("catastrophic"u8))
            {
                amounts.Catastrophic = Amount(ref reader);
            }
            else if (reader.ValueTextEquals("assistance"u8))
            {
                amounts.Assistance = Amount(ref reader);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetString() ?? "";
    }

    private static long Amount(ref Utf8JsonReader reader)
    {
        reader.Read();
        var amount = reader.GetInt64();
        return amount is >= -LargestAmount and <= LargestAmount ? amount : throw new FormatException("The amount is larger than any bill.");
    }
}
