using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using EdgeHub.Quickstart.Parts;

namespace EdgeHub.Quickstart.Accounts;

/// <summary>A settlement as a journal tells it. Amounts in fen.</summary>
public sealed record Settled(
    string Id, string Institution, string VisitType, string Person, string ServiceDay, string RequestKey, string BusinessKey,
    long Total, long Eligible, long Deductible, long Fund, long Account, long Cash);

/// <summary>One clinic's journal, read line by line with nothing but the base library: the sums below rest on no part of the
/// programs that are checked.</summary>
public sealed class JournalFile
{
    private readonly Dictionary<string, Settled> _settled = new(StringComparer.Ordinal);
    private readonly HashSet<string> _reversed = new(StringComparer.Ordinal);

    /// <param name="file">What "agent journal" printed: for each epoch a first line with it and what is acknowledged, then its entries.</param>
    /// <exception cref="MorningFault">A line is missing or out of order, or something stands twice.</exception>
    public JournalFile(string file)
    {
        Name = Path.GetFileNameWithoutExtension(file);
        var bytes = File.ReadAllBytes(file);
        var from = Array.IndexOf(bytes, (byte)'\n') + 1;
        Begin(JsonNode.Parse(Encoding.UTF8.GetString(bytes, 0, from))!);
        var hash = new byte[32];
        while (from < bytes.Length)
        {
            var end = Array.IndexOf(bytes, (byte)'\n', from) + 1;
            MorningFault.Unless(end > 0, $"{Name}: the last line has no end.");
            var line = bytes.AsSpan(from, end - from);
            var entry = JsonNode.Parse(Encoding.UTF8.GetString(line))!;
            from = end;
            if (entry["epoch"] is not null)
            {
                Begin(entry);
                hash = new byte[32];
                continue;
            }
            hash = SHA256.HashData([.. hash, .. line]);
            Entry(entry);
        }
        HeadHash = Convert.ToHexStringLower(hash);
    }

    public string Name { get; }
    public long Epoch { get; private set; }

    /// <summary>Acknowledged through, in the last epoch.</summary>
    public long Acked { get; private set; }

    /// <summary>Of the last epoch.</summary>
    public long Entries { get; private set; }

    /// <summary>The last epoch's chain's last value, computed here from the lines: SHA-256 of the value before and the line.</summary>
    public string HeadHash { get; }
    public long RefundsFen { get; private set; }
    public int OfflineRefusals { get; private set; }
    public int Reversals => _reversed.Count;
    public IEnumerable<Settled> Everything => _settled.Values;
    public IEnumerable<Settled> Standing => _settled.Values.Where(settled => !_reversed.Contains(settled.Id));

    /// <summary>An epoch begins: its sequences and its chain count anew.</summary>
    private void Begin(JsonNode first)
    {
        var epoch = first["epoch"]!.GetValue<long>();
        MorningFault.Unless(epoch > Epoch, $"{Name}: epoch {epoch} stands behind epoch {Epoch}.");
        (Epoch, Acked, Entries) = (epoch, first["acked"]!.GetValue<long>(), 0);
    }

    private void Entry(JsonNode entry)
    {
        Entries++;
        MorningFault.Unless(entry["seq"]!.GetValue<long>() == Entries, $"{Name}: sequence {entry["seq"]} stands where {Entries} should.");
        var body = entry["body"]!;
        switch (entry["kind"]!.ToString())
        {
            case "VisitSettled":
                Settle(body);
                break;
            case "VisitReversed":
                var id = body["settlement"]!.ToString();
                MorningFault.Unless(_settled.ContainsKey(id) && _reversed.Add(id), $"{Name}: the reversal of {id} points at nothing, or stands twice.");
                break;
            case "RefundPaid":
                RefundsFen += body["amount"]!.GetValue<long>();
                break;
            case "OfflineRefused":
                OfflineRefusals++;
                break;
            default:
                break;
        }
    }

    private void Settle(JsonNode body)
    {
        long Fen(string part, string name) => body[part]![name]!.GetValue<long>();
        var settled = new Settled(
            body["settlement"]!.ToString(), body["institution"]!.ToString(), body["visitType"]!.ToString(), body["person"]!.ToString(),
            body["serviceDay"]!.ToString(), body["requestKey"]!.ToString(), $"{body["visit"]}/{body["ordinal"]}",
            Fen("totals", "total"), Fen("totals", "eligible"), Fen("totals", "deductible"),
            Fen("shares", "fund"), Fen("shares", "account"), Fen("shares", "cash"));
        MorningFault.Unless(settled.Fund + settled.Account + settled.Cash == settled.Total, $"{Name}: the shares of {settled.Id} do not sum to its total.");
        var parts = Fen("totals", "fullSelfPay") + Fen("totals", "overPriceLimit") + Fen("totals", "preSelfPay") + settled.Eligible;
        MorningFault.Unless(parts == settled.Total, $"{Name}: the totals of {settled.Id} do not sum.");
        var lines = body["lines"]!.AsArray().Sum(line => line!["amount"]!.GetValue<long>());
        MorningFault.Unless(lines == settled.Total, $"{Name}: the lines of {settled.Id} do not sum to its total.");
        MorningFault.Unless(_settled.TryAdd(settled.Id, settled), $"{Name}: settlement {settled.Id} stands twice.");
        MorningFault.Unless(Standing.Count(other => other.BusinessKey == settled.BusinessKey) == 1, $"{Name}: visit {settled.BusinessKey} is settled twice.");
    }
}
