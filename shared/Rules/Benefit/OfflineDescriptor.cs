using static EdgeHub.Rules.Benefit.BenefitArticles;

namespace EdgeHub.Rules.Benefit;

/// <summary>The offline limits, at their defaults, as a person can try them.</summary>
internal static class OfflineDescriptor
{
    private const int MostHours = 24 * 366;

    public static readonly IReadOnlyList<RuleInput> Inputs =
    [
        RuleInput.Count("minutesSinceExchange", "minutes", "15", 60 * MostHours), RuleInput.Text("visitType", "11"), RuleInput.Money("fundAsked", "30.00"),
        RuleInput.Money("personDayFund", "0.00"), RuleInput.Count("personDayCount", "settlements", "0", 100_000),
        RuleInput.Money("unacknowledgedFund", "0.00"), RuleInput.Count("unacknowledgedCount", "settlements", "0", 100_000),
        RuleInput.Money("accountAsked", "0.00"), RuleInput.Money("personDayAccount", "0.00"),
        RuleInput.Count("snapshotAgeHours", "hours", "80", MostHours), RuleInput.Count("blacklistAgeHours", "hours", "1", MostHours),
    ];

    public static RuleResult Compute(RuleInputs i)
    {
        var limits = OfflineLimits.Defaults(i.Money("fundAsked").Currency);
        var ask = new OfflineAsk(
            limits.IsOffline(TimeSpan.FromMinutes(i.Count("minutesSinceExchange"))), i.Text("visitType"), i.Money("fundAsked"), i.Money("personDayFund"),
            (int)i.Count("personDayCount"), i.Money("unacknowledgedFund"), (int)i.Count("unacknowledgedCount"),
            TimeSpan.FromHours((int)i.Count("snapshotAgeHours")), TimeSpan.FromHours((int)i.Count("blacklistAgeHours")))
        {
            AccountAsked = i.Money("accountAsked"), PersonDayAccount = i.Money("personDayAccount"),
        };
        var verdict = OfflineRules.Judge(ask, limits);
        var code = verdict is OfflineVerdict.Refused refused ? refused.Code : "Allowed";
        var left = verdict is OfflineVerdict.Allowed allowed ? allowed.Left : new Dictionary<string, long>();
        return new RuleResult(
            [
                new("outcome", code), new("offline", ask.Offline), new("warnings", string.Join(", ", verdict.Warnings.Select(warning => warning.Code))),
                new("left", left.Select(each => new RuleRow([new("limit", each.Key), new("left", each.Value)])).ToList()),
            ],
            [
                B23.Gives(code, ("offline", ask.Offline), ("visit type", ask.VisitType), ("fund asked", ask.FundAsked), ("person's day", ask.PersonDayFund),
                    ("number of the day", ask.PersonDayCount), ("account asked", ask.AccountAsked), ("account's day", ask.PersonDayAccount), ("not acknowledged", ask.UnacknowledgedFund), ("number not acknowledged", ask.UnacknowledgedCount),
                    ("age of the snapshot", ask.SnapshotAge)).As("outcome"),
            ]);
    }
}
