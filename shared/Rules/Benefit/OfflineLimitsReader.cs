using System.Globalization;

namespace EdgeHub.Rules.Benefit;

/// <summary>Reads the offline limits from the parameters feed: key and value as text, amounts in minor units. A name that is
/// missing has its default; a name of another kind is not looked at.</summary>
public static class OfflineLimitsReader
{
    private const int MaxMinutes = 7 * 24 * 60;
    private const int MaxDays = 366;
    private const int MaxCount = 100_000;
    private const string Settle = "settle";
    private const string Refuse = "refuse";

    /// <exception cref="FaultException">A value cannot be used, every one named; or the snapshot is refused before it is warned of.</exception>
    public static OfflineLimits Read(IReadOnlyDictionary<string, string> parameters, Currency currency)
    {
        var faults = new List<Fault>();
        var defaults = OfflineLimits.Defaults(currency);
        var limits = new OfflineLimits(
            (int)Whole(OfflineLimitNames.AfterMinutes, defaults.OfflineAfterMinutes, 1, MaxMinutes),
            Amount(OfflineLimitNames.OutpatientFundPerSettlement, defaults.OutpatientFundPerSettlement),
            Amount(OfflineLimitNames.OutpatientFundPerPersonDay, defaults.OutpatientFundPerPersonDay),
            (int)Whole(OfflineLimitNames.OutpatientCountPerPersonDay, defaults.OutpatientCountPerPersonDay, 0, MaxCount),
            Amount(OfflineLimitNames.InpatientFundPerSettlement, defaults.InpatientFundPerSettlement),
            (int)Whole(OfflineLimitNames.SnapshotWarnDays, defaults.SnapshotWarnDays, 1, MaxDays),
            (int)Whole(OfflineLimitNames.SnapshotRefuseDays, defaults.SnapshotRefuseDays, 1, MaxDays),
            (int)Whole(OfflineLimitNames.BlacklistWarnDays, defaults.BlacklistWarnDays, 1, MaxDays),
            Amount(OfflineLimitNames.UnacknowledgedFund, defaults.UnacknowledgedFund),
            (int)Whole(OfflineLimitNames.UnacknowledgedCount, defaults.UnacknowledgedCount, 0, MaxCount),
            VisitTypes(defaults.InpatientVisitTypes))
        {
            SettleOutsideCatchment = OutsideCatchment(), OutsideCatchmentFund = Amount(OfflineLimitNames.OutsideCatchmentFund, defaults.OutsideCatchmentFund),
            OutpatientAccountPerPersonDay = Amount(OfflineLimitNames.OutpatientAccountPerPersonDay, defaults.OutpatientAccountPerPersonDay),
        };
        if (limits.SnapshotRefuseDays < limits.SnapshotWarnDays)
        {
            Wrong(OfflineLimitNames.SnapshotRefuseDays, string.Create(CultureInfo.InvariantCulture, $"{limits.SnapshotRefuseDays}"), $"not below {OfflineLimitNames.SnapshotWarnDays}");
        }
        return faults.Count == 0 ? limits : throw new FaultException(faults);

        Money Amount(string name, Money byDefault) => new(Whole(name, byDefault.MinorUnits, 0, Money.LargestMinorUnits), currency);

        long Whole(string name, long byDefault, long least, long most)
        {
            if (!parameters.TryGetValue(name, out var text))
            {
                return byDefault;
            }
            if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            {
                return number;
            }
            Wrong(name, text, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));
            return byDefault;
        }

        bool OutsideCatchment()
        {
            var word = parameters.GetValueOrDefault(OfflineLimitNames.OutsideCatchment, Settle);
            if (word is not (Settle or Refuse))
            {
                Wrong(OfflineLimitNames.OutsideCatchment, word, "settle or refuse");
            }
            return word == Settle;
        }

        IReadOnlyList<string> VisitTypes(IReadOnlyList<string> byDefault)
        {
            if (!parameters.TryGetValue(OfflineLimitNames.InpatientVisitTypes, out var text))
            {
                return byDefault;
            }
            var types = text.Split(';');
            if (types.Length > 20 || types.Any(type => type.Length is 0 or > 10 || !type.All(char.IsAsciiLetterOrDigit)))
            {
                Wrong(OfflineLimitNames.InpatientVisitTypes, text, "visit types with semicolons between, for example 21;22");
            }
            return types;
        }

        void Wrong(string name, string value, string expected) => faults.Add(new Fault(Codes.BadNumber, name, value, expected));
    }
}
