using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>The refunds that were paid out for the settlements of one visit part, and what was decided as owed for these.</summary>
internal sealed class PartRefunds
{
    private readonly List<(SettledFact Fact, Refund Refund)> _refunds = [];
    private readonly Dictionary<Guid, long> _mostOf = [];
    private OwedParts _now = OwedParts.Nothing;

    /// <summary>The most that each payer has ever owed for one settlement of the part, and for all of them together.</summary>
    private OwedParts _ever = OwedParts.Nothing;
    private OwedParts _everTogether = OwedParts.Nothing;

    private PartRefunds()
    {
    }

    public int Count => _refunds.Count;

    /// <summary>Names the part by its first settlement.</summary>
    public string Name => _refunds[0].Fact.Settlement.ToString("D");

    /// <summary>What the ledger has of each of them as credited, in the order of their ids.</summary>
    public IReadOnlyList<OwedParts> Posted { get; private set; } = [];

    public long PostedTotal => Posted.Sum(each => each.Total);

    /// <summary>What may be credited in all: of the refunds of each settlement what was ever owed for it, of all of them together what
    /// was ever owed for one of the part. Only grows, as decisions and refunds are added.</summary>
    public long Most
    {
        get
        {
            var ofEach = _refunds.GroupBy(each => each.Fact.Settlement).Sum(same => Math.Min(same.Sum(each => each.Refund.Amount), _mostOf[same.Key]));
            return Math.Max(ofEach, Math.Min(_refunds.Sum(each => each.Refund.Amount), _mostOf.Values.DefaultIfEmpty(0).Max()));
        }
    }

    /// <exception cref="ArgumentException">The shares of a stored decision do not make its total.</exception>
    public static PartRefunds Of(StoreSession session, IReadOnlyList<PaidSettlement> part)
    {
        var found = new PartRefunds();
        foreach (var fact in part.Select(each => each.Fact).Where(fact => HasLastWord(session, fact)))
        {
            var owed = DecisionStore.OfFact(session, fact).Select(decision => OwedParts.Of(decision.Judgement.BorneOf(fact))).ToList();
            found._mostOf[fact.Settlement] = owed.Select(each => each.Total).DefaultIfEmpty(0).Max();
            found._now += owed.LastOrDefault() ?? OwedParts.Nothing;
            var ever = owed.Aggregate(OwedParts.Nothing, (most, each) => most.Or(each));
            found._ever = found._ever.Or(ever);
            found._everTogether += ever;
            found._refunds.AddRange(PayableStore.Refunds(session, fact.Region, fact.Settlement)
                .Where(refund => refund.PostingMonth.Length > 0 && refund.Person == fact.Person).Select(refund => (fact, refund)));
        }
        found._refunds.Sort((a, b) => string.CompareOrdinal(a.Refund.Id.ToString("D"), b.Refund.Id.ToString("D")));
        found.Posted = [.. found._refunds.Select(each => RefundPosting.Posted(session, each.Refund))];
        return found;
    }

    /// <summary>How much of each refund is to be credited: what is already, and more as far as more is owed. First each refund's own
    /// settlement counts, then whatever is left for the part.</summary>
    public IReadOnlyList<long> Credit()
    {
        var credited = Posted.Select(each => each.Total).ToArray();
        var left = Most - credited.Sum();
        var order = Enumerable.Range(0, credited.Length)
            .OrderBy(i => Posted[i].Total == 0).ThenBy(i => _refunds[i].Refund.PostingMonth, StringComparer.Ordinal).ToList();
        foreach (var i in order)
        {
            var settlement = _refunds[i].Fact.Settlement;
            var own = _mostOf[settlement] - Enumerable.Range(0, credited.Length).Where(j => _refunds[j].Fact.Settlement == settlement).Sum(j => credited[j]);
            Add(i, own);
        }
        order.ForEach(i => Add(i, left));
        return credited;

        void Add(int i, long atMost)
        {
            var more = Math.Max(0, Math.Min(Math.Min(left, atMost), _refunds[i].Refund.Amount - credited[i]));
            (left, credited[i]) = (left - more, credited[i] + more);
        }
    }

    /// <summary>Which payers the credited amounts come out of. In the order of the refunds' ids: so it does not depend on the order
    /// in which they came.</summary>
    public IReadOnlyList<CreditedRefund> Divided(IReadOnlyList<long> credited)
    {
        var left = OwedParts.Bearing(credited.Sum(), [_now, _ever, _everTogether]);
        var divided = new List<CreditedRefund>(credited.Count);
        foreach (var ((fact, refund), fen) in _refunds.Zip(credited))
        {
            var share = left.First(fen);
            left -= share;
            divided.Add(new CreditedRefund(fact, refund, share));
        }
        return divided;
    }

    /// <summary>As the ledger has it.</summary>
    public IReadOnlyList<CreditedRefund> AsPosted() => [.. _refunds.Zip(Posted, (each, posted) => new CreditedRefund(each.Fact, each.Refund, posted))];

    /// <summary>Of several rows of one id, whatever visit parts they name, one has the last word on it.</summary>
    private static bool HasLastWord(StoreSession session, SettledFact fact) =>
        FactStore.OfId(session, fact.Region, fact.Settlement)
            .Where(each => each.Person == fact.Person && each.Currency == fact.Currency && each.Standing is not (Standing.Repeated or Standing.Waits))
            .MinBy(each => (each.Standing == Standing.Duplicate, each.Order))?.Entry == fact.Entry;
}
