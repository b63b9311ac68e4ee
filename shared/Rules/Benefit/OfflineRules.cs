using System.Globalization;
using static EdgeHub.Rules.Benefit.BenefitArticles;

namespace EdgeHub.Rules.Benefit;

/// <summary>A settlement that asks for the fund's money, and what the agent did and knows.</summary>
/// <param name="FundAsked">The fund's share of this settlement.</param>
/// <param name="PersonDayFund">The fund's share of the person's outpatient settlements of the service day that were made offline here, reversed ones left out.</param>
/// <param name="PersonDayCount">The number of those settlements.</param>
/// <param name="UnacknowledgedFund">The fund's share of the site's settlements that the hub has not acknowledged, reversed ones left out.</param>
/// <param name="UnacknowledgedCount">The number of those settlements.</param>
/// <param name="SnapshotAge">Since members and accumulators were last brought up to date; null: never.</param>
/// <param name="BlacklistAge">Since the blacklist was last brought up to date; null: never.</param>
public sealed record OfflineAsk(
    bool Offline, string VisitType, Money FundAsked, Money PersonDayFund, int PersonDayCount,
    Money UnacknowledgedFund, int UnacknowledgedCount, TimeSpan? SnapshotAge, TimeSpan? BlacklistAge)
{
    /// <summary>The person is known from the county's index alone: neither accumulators nor the account are known.</summary>
    public bool ByIndex { get; init; }

    /// <summary>The account's share of this settlement.</summary>
    public Money AccountAsked { get; init; } = Money.Zero(FundAsked.Currency);

    /// <summary>The account's share of the settlements that <see cref="PersonDayCount"/> counts.</summary>
    public Money PersonDayAccount { get; init; } = Money.Zero(FundAsked.Currency);
}

/// <summary>Whether an agent may settle by itself.</summary>
/// <param name="Warnings">What staff should know, though it refuses nothing.</param>
public abstract record OfflineVerdict(IReadOnlyList<Fault> Warnings)
{
    /// <param name="Left">By limit's name: what is left of it after this settlement, minor units, counts or days.</param>
    public sealed record Allowed(IReadOnlyDictionary<string, long> Left, IReadOnlyList<Fault> Warnings) : OfflineVerdict(Warnings);

    /// <param name="Name">The limit's name.</param>
    /// <param name="Limit">Minor units, a count or days.</param>
    /// <param name="Left">What was left of it before this settlement.</param>
    public sealed record Refused(string Code, Article Article, string Name, long Limit, long Left, Fault Fault, IReadOnlyList<Fault> Warnings) : OfflineVerdict(Warnings);
}

/// <summary>The offline limits applied. Refusals in this order: age of the snapshot, amount of the settlement, number, amount and
/// account's share of the person's day, amount for a person known from the index, number and amount that is not acknowledged. Source: B23.</summary>
public static class OfflineRules
{
    public static OfflineVerdict Judge(OfflineAsk ask, OfflineLimits limits)
    {
        var judge = new Judgement();
        if (ask.Offline)
        {
            judge.Age(ask, limits);
            if (limits.IsInpatient(ask.VisitType))
            {
                judge.Amount(Codes.OfflineInpatientAmount, OfflineLimitNames.InpatientFundPerSettlement, limits.InpatientFundPerSettlement, Money.Zero(ask.FundAsked.Currency), ask.FundAsked);
            }
            else
            {
                judge.Amount(Codes.OfflineAmountPerVisit, OfflineLimitNames.OutpatientFundPerSettlement, limits.OutpatientFundPerSettlement, Money.Zero(ask.FundAsked.Currency), ask.FundAsked);
                judge.Count(Codes.OfflineCountPerDay, OfflineLimitNames.OutpatientCountPerPersonDay, limits.OutpatientCountPerPersonDay, ask.PersonDayCount);
                judge.Amount(Codes.OfflineAmountPerDay, OfflineLimitNames.OutpatientFundPerPersonDay, limits.OutpatientFundPerPersonDay, ask.PersonDayFund, ask.FundAsked);
                judge.Amount(Codes.OfflineAccountPerDay, OfflineLimitNames.OutpatientAccountPerPersonDay, limits.OutpatientAccountPerPersonDay, ask.PersonDayAccount, ask.AccountAsked);
            }
        }
        if (ask.ByIndex)
        {
            judge.Amount(Codes.OfflineAmountPerVisit, OfflineLimitNames.OutsideCatchmentFund, limits.OutsideCatchmentFund, Money.Zero(ask.FundAsked.Currency), ask.FundAsked);
        }
        judge.Count(Codes.UnacknowledgedCount, OfflineLimitNames.UnacknowledgedCount, limits.UnacknowledgedCount, ask.UnacknowledgedCount);
        judge.Amount(Codes.UnacknowledgedAmount, OfflineLimitNames.UnacknowledgedFund, limits.UnacknowledgedFund, ask.UnacknowledgedFund, ask.FundAsked);
        return judge.Verdict();
    }

    /// <summary>Goes through the limits; the first that refuses stays, the warnings are all kept.</summary>
    private sealed class Judgement
    {
        private const string Never = "∞";
        private readonly List<Fault> _warnings = [];
        private readonly Dictionary<string, long> _left = new(StringComparer.Ordinal);
        private OfflineVerdict.Refused? _refused;

        public OfflineVerdict Verdict() => _refused is { } refused ? refused with { Warnings = _warnings } : new OfflineVerdict.Allowed(_left, _warnings);

        public void Age(OfflineAsk ask, OfflineLimits limits)
        {
            var days = ask.SnapshotAge is { } age ? Days(age) : (long?)null;
            if (days is null || days >= limits.SnapshotRefuseDays)
            {
                Refuse(Codes.SnapshotTooOld, OfflineLimitNames.SnapshotRefuseDays, limits.SnapshotRefuseDays, 0,
                    days is { } old ? DaysText(old) : Never, DaysText(limits.SnapshotRefuseDays));
            }
            else
            {
                _left[OfflineLimitNames.SnapshotRefuseDays] = limits.SnapshotRefuseDays - days.Value;
                if (days >= limits.SnapshotWarnDays)
                {
                    _warnings.Add(new Fault(Codes.SnapshotAging, OfflineLimitNames.SnapshotWarnDays, DaysText(days.Value), DaysText(limits.SnapshotRefuseDays)));
                }
            }
            var blacklist = ask.BlacklistAge is { } listAge ? Days(listAge) : (long?)null;
            if (blacklist is null || blacklist >= limits.BlacklistWarnDays)
            {
                _warnings.Add(new Fault(Codes.BlacklistAging, OfflineLimitNames.BlacklistWarnDays,
                    blacklist is { } listOld ? DaysText(listOld) : Never, DaysText(limits.BlacklistWarnDays)));
            }
        }

        public void Amount(string code, string name, Money limit, Money before, Money asked)
        {
            var left = limit - before;
            if (asked > left)
            {
                Refuse(code, name, limit.MinorUnits, left.NotBelowZero().MinorUnits, (before + asked).ToString(), limit.ToString());
                return;
            }
            _left[name] = (left - asked).MinorUnits;
        }

        public void Count(string code, string name, int limit, int before)
        {
            if (before >= limit)
            {
                Refuse(code, name, limit, 0, Text(before + 1L), Text(limit));
                return;
            }
            _left[name] = limit - before - 1;
        }

        private void Refuse(string code, string name, long limit, long left, string value, string expected) =>
            _refused ??= new OfflineVerdict.Refused(code, B23, name, limit, left, new Fault(code, name, value, expected), []);

        /// <summary>Whole days; a clock that was set back makes none.</summary>
        private static long Days(TimeSpan age) => Math.Max(0, age.Days);

        private static string DaysText(long days) => string.Create(CultureInfo.InvariantCulture, $"{days} d");

        private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
