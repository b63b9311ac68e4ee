using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EdgeHub.Hub.Settlement.Retro;

/// <summary>A policy book as a run keeps it until it is let loose.</summary>
/// <param name="Key">id/version.</param>
/// <param name="Ends">First day after it, yyyy-MM-dd; blank: open.</param>
/// <param name="Text">The file as it was given.</param>
public sealed record RunBook(string Key, string Id, int Version, string Hash, DateOnly First, string Ends, DateOnly KnownFrom, string Currency, string Text);

/// <summary>A retroactive run: a book that would hold for what is judged already, and the report of whom it hits.</summary>
/// <param name="ReportHash">Over the report's lines; the release computes them anew and compares.</param>
/// <param name="Renewed">Decisions that only name the new book, with the same shares.</param>
/// <param name="DoneMs">When it was released or cancelled; 0: it is pending.</param>
public sealed record PolicyRun(
    string Region, long No, string Status, RunBook Book, long PreparedMs, string ReportHash, long Renewed, long DoneMs, string DoneBy, string Why)
{
    public const string Pending = "Pending";
    public const string Released = "Released";
    public const string Cancelled = "Cancelled";
}

/// <summary>What a judgement means in money, in minor units; all zero where it does not count.</summary>
/// <param name="Owed">To the person.</param>
/// <param name="Borne">Paid too much by all payers together, and borne by them: the person is never charged.</param>
/// <param name="Due">The same, due from the institution that ignored something.</param>
public sealed record HitSums(long Fund, long Catastrophic, long Assistance, long Account, long Cash, long Owed, long Borne, long Due)
{
    public static readonly HitSums Zero = new(0, 0, 0, 0, 0, 0, 0, 0);

    public static HitSums Of(SettledFact fact, Judgement judgement)
    {
        if (!judgement.Counts)
        {
            return Zero;
        }
        var borne = judgement.BorneOf(fact);
        return new HitSums(
            judgement.Fund, judgement.Catastrophic, judgement.Assistance, judgement.Account, judgement.Cash, borne.Owed,
            borne.Overpaid - borne.Faulty, borne.Faulty);
    }

    public static HitSums operator +(HitSums a, HitSums b) => checked(new(
        a.Fund + b.Fund, a.Catastrophic + b.Catastrophic, a.Assistance + b.Assistance, a.Account + b.Account, a.Cash + b.Cash, a.Owed + b.Owed,
        a.Borne + b.Borne, a.Due + b.Due));

    public IReadOnlyList<long> Columns => [Fund, Catastrophic, Assistance, Account, Cash, Owed, Borne, Due];
}

/// <summary>One settlement that a run hits.</summary>
/// <param name="Payer">Kind and owner of the envelope that its pool fund's share comes out of.</param>
/// <param name="OldStatus">Accepted, Adjusted, or Refused with its code.</param>
public sealed record HitLine(
    long DeviceNo, long Epoch, long Seq, Guid Settlement, string Person, string Institution, DateOnly ServiceDay, string Currency, string Payer,
    string OldStatus, HitSums Old, string NewStatus, HitSums New)
{
    /// <summary>SHA-256 over the book and the lines, hexadecimal: two reports with the same hash say the same of everybody.</summary>
    public static string HashOf(string bookHash, long renewed, IEnumerable<HitLine> lines)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Line(bookHash, renewed.ToString(CultureInfo.InvariantCulture));
        foreach (var line in lines.OrderBy(line => (line.DeviceNo, line.Epoch, line.Seq)))
        {
            Line([
                Number(line.DeviceNo), Number(line.Epoch), Number(line.Seq), line.Settlement.ToString("D"), line.Person, line.Institution,
                line.ServiceDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), line.Currency, line.Payer, line.OldStatus, line.NewStatus,
                .. line.Old.Columns.Select(Number), .. line.New.Columns.Select(Number)]);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Line(params ReadOnlySpan<string> cells) => hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\t', cells!) + "\n"));
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
