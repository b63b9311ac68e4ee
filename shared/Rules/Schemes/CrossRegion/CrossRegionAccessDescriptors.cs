using EdgeHub.Rules.Calendars;
using static EdgeHub.Rules.Schemes.CrossRegion.CrossRegionArticles;
using static EdgeHub.Rules.Schemes.CrossRegion.CrossRegionDescriptors;
using static EdgeHub.Rules.Schemes.CrossRegion.CrossRegionRules;

namespace EdgeHub.Rules.Schemes.CrossRegion;

/// <summary>C1 to C8 as a person can try them.</summary>
internal static class CrossRegionAccessDescriptors
{
    public static readonly IReadOnlyList<RuleDescriptor> All =
    [
        Rule("joint-test", new("联调测试结论", "Samtestets resultat", "Conclusion of the joint test"), C01,
            [RuleInput.List("tests", [RuleInput.Word("kind", TestKind.Card), RuleInput.Yes("passed", "yes"), RuleInput.Text("finding", "").Optional()],
                [nameof(TestKind.TransactionAndFunction), "yes", ""], [nameof(TestKind.Card), "no", "reader model 3 reads no PIN"], [nameof(TestKind.PerformanceAndReliability), "yes", ""])],
            JointTest),
        Rule("joint-test-needed", new("是否需要联调测试", "Behövs samtest", "Whether a joint test is needed"), C01,
            [RuleInput.Word("change", SystemChange.NewCity)], i => RuleResult.Of("isNeeded", NeedsJointTest(i.Word<SystemChange>("change")))),
        Steps("joint-test-step", new("联调测试状态", "Samtestets läge", "State of the joint test"), C01, CrossRegionStates.JointTest, JointTestState.Applied, JointTestState.Testing, JointTestGoes),
        Rule("access-review", new("接入申请审核", "Granskning av anslutning", "Review of an access"), C02,
            [RuleInput.Yes("insuranceCentrePasses", "yes"), RuleInput.Yes("informationCentrePasses", "no"), RuleInput.Text("reasons", "network not reachable").Optional()],
            i =>
            {
                var review = ReviewAccess(i.Yes("insuranceCentrePasses"), i.Yes("informationCentrePasses"), i.Has("reasons") ? i.Text("reasons") : "");
                return RuleResult.Of("review", review, new RuleValue("state", review.Value.State), new RuleValue("reasons", review.Value.Reasons));
            }),
        Rule("access-master-data", new("开通前应录入的信息", "Uppgifter före start", "Data to load before running"), C02,
            [RuleInput.List("loaded", [RuleInput.Word("what", MasterData.Agencies)], [nameof(MasterData.Agencies)], [nameof(MasterData.Staff)])],
            i =>
            {
                var missing = MissingMasterData([.. i.List("loaded").Select(row => row.Word<MasterData>("what"))]);
                return RuleResult.Of("missing", missing, new RuleValue("missing", string.Join(", ", missing.Value)));
            }),
        Steps("access-step", new("接入状态", "Anslutningens läge", "State of an access"), C02, CrossRegionStates.Access, AccessState.Open, AccessState.Running, AccessGoes),
        Rule("suspension-apply-by", new("暂停申请截止日", "Sista dag att ansöka om stopp", "Last day to apply for a suspension"), C03,
            [RuleInput.Day("suspendedFrom", "2025-10-13"), Days("workingDaysAhead", "10", "suspension.workingDaysAhead")],
            i => RuleResult.Of("applyBy", ApplyForSuspensionBy(i.Day("suspendedFrom"), i.Whole("workingDaysAhead"), WorkingDayCalendar.China))),
        Rule("discharge-payment", new("出院时如何结清", "Betalning vid utskrivning", "Payment at discharge"), C03,
            [
                RuleInput.Text("insuredArea", "530900"), RuleInput.Text("treatmentArea", "310000"), RuleInput.Moment("discharged", "2025-10-13T08:00:00+08:00"),
                RuleInput.List("changes",
                    [RuleInput.Text("area", "310000"), RuleInput.Word("direction", Direction.TreatmentPlace), RuleInput.Moment("from", "2025-01-01T00:00:00+08:00"), RuleInput.Yes("isOpen", "yes")],
                    ["310000", nameof(Direction.TreatmentPlace), "2025-01-01T00:00:00+08:00", "yes"], ["530900", nameof(Direction.InsuredPlace), "2025-01-01T00:00:00+08:00", "yes"],
                    ["530900", nameof(Direction.InsuredPlace), "2025-10-13T08:00:00+08:00", "no"]),
            ],
            Payment),
        Steps("suspension-step", new("暂停与恢复状态", "Stopp och återstart", "State of a suspension"), C03, CrossRegionStates.Service, ServiceState.Open, ServiceState.SuspensionApplied, ServiceGoes),
        Rule("fast-card", new("快速制卡期限", "Snabb utgivning av kort", "Fast issue of a card"), C04,
            [RuleInput.Day("applied", "2025-09-26"), RuleInput.Day("issued", "2025-10-09"), Days("workingDays", "3", "card.issueWorkingDays")],
            i => OfDay("card", FastCardIssue(i.Day("applied"), i.Day("issued"), i.Whole("workingDays"), WorkingDayCalendar.China))),
        Rule("credential", new("就医凭证", "Giltig handling", "Credential"), C04,
            [RuleInput.Word("shown", Credential.SocialSecurityCard)], i => RuleResult.Of("isCredential", IsCredential(i.Word<Credential>("shown")))),
        Rule("institution-code", new("医疗机构编码", "Vårdinrättningens kod", "Institution code"), C05,
            [RuleInput.Text("code", "5309241000123")], i => RuleResult.Of("isCode", IsInstitutionCode(i.Text("code")))),
        Rule("next-institution-code", new("下一个医疗机构编码", "Nästa kod", "Next institution code"), C05,
            [RuleInput.Text("area", "530924"), RuleInput.List("everGiven", [RuleInput.Text("code", "5309241000122")], ["5309241000122"], ["5309011000900"])],
            i => RuleResult.Of("code", NextInstitutionCode(i.Text("area"), [.. i.List("everGiven").Select(row => row.Text("code"))]))),
        Steps("hospital-step", new("定点医疗机构状态", "Vårdinrättningens läge", "State of a hospital"), C06, CrossRegionStates.Hospital, HospitalState.Tested, HospitalState.Open, HospitalGoes),
        Rule("registration", new("异地就医备案", "Anmälan om vård i annan region", "Registration for care elsewhere"), C07,
            [
                RuleInput.Text("treatmentArea", "310115"), RuleInput.Day("day", "2025-03-12"),
                RuleInput.List("registrations",
                    [
                        RuleInput.Text("number", "R1"), RuleInput.Word("kind", RegistrationKind.ReferredPatient), RuleInput.Text("area", "3101"), RuleInput.Day("first", "2025-01-01"),
                        RuleInput.Day("last", "").Optional(), RuleInput.Word("state", RegistrationState.Active),
                    ],
                    ["R1", nameof(RegistrationKind.LongTermResident), "31", "2024-01-01", "", nameof(RegistrationState.Active)],
                    ["R2", nameof(RegistrationKind.ReferredPatient), "3101", "2025-03-01", "2025-05-31", nameof(RegistrationState.Active)]),
            ],
            Registration),
        Rule("direct-settlement", new("能否直接结算", "Kan avräknas direkt", "Whether a bill is settled directly"), C08,
            [
                RuleInput.Yes("cardIsPersons", "yes"), RuleInput.Yes("isRegistered", "yes"), RuleInput.Word("benefit", BenefitState.Active),
                RuleInput.Word("hospital", HospitalState.Open), RuleInput.Yes("serviceIsOpen", "yes"),
            ],
            Direct),
        Steps("benefit-step", new("医疗待遇状态", "Förmånens läge", "State of the benefit"), C08, CrossRegionStates.Benefit, BenefitState.Suspended, BenefitState.Restored, BenefitGoes),
        Steps("registration-step", new("备案状态", "Anmälans läge", "State of a registration"), C08, CrossRegionStates.Registration, RegistrationState.Active, RegistrationState.Terminated, RegistrationGoes),
    ];

    /// <summary>A last day and how late something came.</summary>
    internal static RuleResult OfDay(string step, Cited<Timeliness<DateOnly>> cited) =>
        RuleResult.Of(step, cited, new RuleValue("due", cited.Value.Due), new RuleValue("daysLate", cited.Value.Late), new RuleValue("isLate", cited.Value.IsLate));

    private static RuleResult JointTest(RuleInputs i)
    {
        var conclusion = ConcludeJointTest([.. i.List("tests").Select(row => new TestOutcome(row.Word<TestKind>("kind"), row.Yes("passed"), row.Has("finding") ? row.Text("finding") : ""))]);
        return RuleResult.Of("conclusion", conclusion, new RuleValue("state", conclusion.Value.State), new RuleValue("reasons", string.Join("; ", conclusion.Value.Reasons)));
    }

    private static RuleResult Payment(RuleInputs i)
    {
        var changes = i.List("changes").Select(row => new StatusChange(row.Text("area"), row.Word<Direction>("direction"), row.Moment("from"), row.Yes("isOpen"))).ToList();
        return RuleResult.Of("payment", PaymentAtDischarge(changes, [i.Text("insuredArea")], [i.Text("treatmentArea")], i.Moment("discharged")));
    }

    private static RuleResult Registration(RuleInputs i)
    {
        var registrations = i.List("registrations").Select(row => new CrossRegionRegistration(
            row.Text("number"), row.Word<RegistrationKind>("kind"), row.Text("area"), row.Day("first"), row.DayOrNone("last"), row.Word<RegistrationState>("state"))).ToList();
        var found = RegistrationOn(registrations, i.Text("treatmentArea"), i.Day("day"));
        return RuleResult.Of("registration", found, new RuleValue("isRegistered", found.Value is not null), new RuleValue("number", found.Value?.Number), new RuleValue("kind", found.Value?.Kind));
    }

    private static RuleResult Direct(RuleInputs i)
    {
        var registration = i.Yes("isRegistered") ? new CrossRegionRegistration("R1", RegistrationKind.ReferredPatient, "31", new DateOnly(2025, 1, 1), null, RegistrationState.Active) : null;
        var may = MaySettleDirectly(new(i.Yes("cardIsPersons"), registration, i.Word<BenefitState>("benefit"), i.Word<HospitalState>("hospital"), i.Yes("serviceIsOpen")));
        return RuleResult.Of("direct settlement", may,
            new RuleValue("isAllowed", may.Value is DirectSettlement.Allowed), new RuleValue("refusedBy", (may.Value as DirectSettlement.Refused)?.Code));
    }
}
