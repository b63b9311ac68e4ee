using System.Globalization;
using System.Text.RegularExpressions;
using EdgeHub.Rules.Calendars;
using EdgeHub.Rules.Ids;
using static EdgeHub.Rules.Schemes.CrossRegion.CrossRegionArticles;

namespace EdgeHub.Rules.Schemes.CrossRegion;

/// <summary>The clauses of cross-province direct settlement, one function each. This part: access, cards, hospitals, registration.</summary>
public static partial class CrossRegionRules
{
    private const int LargestSerial = 999_999;

    /// <summary>Whether a change calls for a joint test: the first connection, another city, a major change, a new model of card
    /// reader. Source: 一(二).</summary>
    public static Cited<bool> NeedsJointTest(SystemChange change) => C01.Gives(change is not SystemChange.MinorChange, ("change", change));

    /// <summary>The conclusion of a joint test: passed where each of the three parts passed, else failed with the findings.
    /// Source: 一(二).</summary>
    /// <exception cref="FaultException">A part twice or without a result, or a failed part without a finding.</exception>
    public static Cited<TestConclusion> ConcludeJointTest(IReadOnlyList<TestOutcome> outcomes)
    {
        foreach (var kind in Enum.GetValues<TestKind>())
        {
            var results = outcomes.Where(each => each.Kind == kind).ToList();
            if (results.Count != 1)
            {
                throw Wrong(results.Count == 0 ? Codes.Missing : Codes.Duplicated, "tests", kind.ToString(), "each part of the joint test once");
            }
            if (!results[0].Passed && string.IsNullOrWhiteSpace(results[0].Finding))
            {
                throw Wrong(Codes.Missing, "finding", kind.ToString(), "why the part failed");
            }
        }
        var failed = outcomes.Where(each => !each.Passed).OrderBy(each => each.Kind).Select(each => $"{each.Kind}: {each.Finding}").ToList();
        return C01.Gives(
            new TestConclusion(failed.Count == 0 ? JointTestState.Passed : JointTestState.Failed, failed),
            ("passed parts", outcomes.Count(each => each.Passed)), outcomes.CountAs("parts"));
    }

    /// <summary>The state of a joint test after a step. Source: 一(二).</summary>
    /// <exception cref="FaultException">The step is not in the table.</exception>
    public static Cited<JointTestState> JointTestGoes(JointTestState from, JointTestState to) =>
        C01.Gives(CrossRegionStates.JointTest.Go(from, to), ("from", from), ("to", to));

    /// <summary>Access opens where both the ministry's insurance centre and its information centre pass it; a refusal carries its
    /// reasons. Source: 一(三).</summary>
    /// <exception cref="FaultException">Refused without reasons.</exception>
    public static Cited<AccessReview> ReviewAccess(bool insuranceCentrePasses, bool informationCentrePasses, string reasons)
    {
        var opens = insuranceCentrePasses && informationCentrePasses;
        return !opens && string.IsNullOrWhiteSpace(reasons)
            ? throw Wrong(Codes.Missing, "reasons", reasons, "why access is refused")
            : C02.Gives(new AccessReview(opens ? AccessState.Open : AccessState.Refused, opens ? "" : reasons),
                ("insurance centre", insuranceCentrePasses), ("information centre", informationCentrePasses));
    }

    /// <summary>What is still missing before the ministry can confirm that the province runs; empty: nothing. Source: 一(三).</summary>
    public static Cited<IReadOnlyList<MasterData>> MissingMasterData(IReadOnlyCollection<MasterData> loaded) => C02.Gives<IReadOnlyList<MasterData>>(
        [.. Enum.GetValues<MasterData>().Where(each => !loaded.Contains(each))], ("loaded", string.Join(", ", loaded.Order())));

    /// <summary>The state of an access after a step. Source: 一(三).</summary>
    /// <exception cref="FaultException">The step is not in the table.</exception>
    public static Cited<AccessState> AccessGoes(AccessState from, AccessState to) => C02.Gives(CrossRegionStates.Access.Go(from, to), ("from", from), ("to", to));

    /// <summary>The latest day to apply for a suspension: so many working days before its day (提前10个工作日), that day's own date not
    /// counted. Source: 一(四).</summary>
    /// <exception cref="CalendarNotAnnounced">The answer needs a year that is not announced.</exception>
    public static Cited<DateOnly> ApplyForSuspensionBy(DateOnly suspendedFrom, int workingDaysAhead, WorkingDayCalendar calendar) => C03.Gives(
        Deadline.WorkingDaysAhead(calendar, suspendedFrom, workingDaysAhead).LastDay, ("suspended from", suspendedFrom), ("working days ahead", workingDaysAhead));

    /// <summary>The state of an area's service after a step. Source: 一(四).</summary>
    /// <exception cref="FaultException">The step is not in the table.</exception>
    public static Cited<ServiceState> ServiceGoes(ServiceState from, ServiceState to) => C03.Gives(CrossRegionStates.Service.Go(from, to), ("from", from), ("to", to));

    /// <summary>Whether an area is open in a direction at a moment: its last change by then says so; without any change it never
    /// opened. The moment of a change belongs to what it changes to. Source: 一(四), forms 1 and 2.</summary>
    /// <exception cref="FaultException">Two changes of one area and direction at the same moment.</exception>
    public static Cited<bool> IsOpenAt(IReadOnlyList<StatusChange> changes, string area, Direction direction, DateTimeOffset moment)
    {
        var own = changes.Where(each => each.Area == area && each.Direction == direction && each.From <= moment).OrderBy(each => each.From.UtcTicks).ToList();
        if (own.Count > 1 && own[^1].From == own[^2].From)
        {
            throw Wrong(Codes.Duplicated, "changes", $"{area} {direction} {Article.Written(own[^1].From)}", "one change of an area and direction at a moment");
        }
        return C03.Gives(own.Count > 0 && own[^1].IsOpen, ("area", area), ("direction", direction), ("moment", moment), ("last change", own.Count > 0 ? own[^1].From : null));
    }

    /// <summary>How a bill is paid at discharge: directly where the insured place's areas and the treatment place's are all open in
    /// their direction, else the patient pays all and claims at home (由参保人自费结清，回参保地审核报销). Source: 一(四).</summary>
    /// <param name="insuredAreas">Province and pooling area that insure; each must be open.</param>
    /// <param name="treatmentAreas">Province and pooling area of the hospital.</param>
    public static Cited<DischargePayment> PaymentAtDischarge(
        IReadOnlyList<StatusChange> changes, IReadOnlyList<string> insuredAreas, IReadOnlyList<string> treatmentAreas, DateTimeOffset discharged)
    {
        var isOpen = insuredAreas.All(area => IsOpenAt(changes, area, Direction.InsuredPlace, discharged).Value)
            && treatmentAreas.All(area => IsOpenAt(changes, area, Direction.TreatmentPlace, discharged).Value);
        return C03.Gives(isOpen ? DischargePayment.Direct : DischargePayment.PatientPaysAll,
            ("insured areas", string.Join(", ", insuredAreas)), ("treatment areas", string.Join(", ", treatmentAreas)), ("discharged", discharged));
    }

    /// <summary>Whether this is a credential: the social security card alone (唯一凭证). Source: 二.</summary>
    public static Cited<bool> IsCredential(Credential shown) => C04.Gives(shown is Credential.SocialSecurityCard, ("shown", shown));

    /// <summary>The day by which a card should be issued fast, and how many calendar days after it the card came; soft (不宜超过), so
    /// late is a warning. Source: 二(一).</summary>
    /// <exception cref="CalendarNotAnnounced">The answer needs a year that is not announced.</exception>
    public static Cited<Timeliness<DateOnly>> FastCardIssue(DateOnly applied, DateOnly issued, int workingDays, WorkingDayCalendar calendar)
    {
        var due = Deadline.WithinWorkingDays(calendar, applied, workingDays);
        return C04.Gives(new Timeliness<DateOnly>(due.LastDay, due.DaysLate(issued)), ("applied", applied), ("issued", issued), ("working days", workingDays));
    }

    /// <summary>Whether a text is a cross-province institution code: 6 digits of the area, the kind 1, 6 digits of a serial.
    /// Source: 三.</summary>
    public static Cited<bool> IsInstitutionCode(string code) => C05.Gives(CodeForm().IsMatch(code), ("code", code));

    /// <summary>The next code of an area. A code is given once and for life: those of deleted hospitals count too. Source: 三.</summary>
    /// <param name="everGiven">Every code that was ever given, of any area.</param>
    /// <exception cref="FaultException">No such area, or no serial is left.</exception>
    public static Cited<string> NextInstitutionCode(string area, IReadOnlyCollection<string> everGiven)
    {
        var prefix = AreaCode.Parse(area, "area").Format() + "1";
        var last = everGiven.Where(code => CodeForm().IsMatch(code) && code.StartsWith(prefix, StringComparison.Ordinal))
            .Select(code => int.Parse(code[prefix.Length..], CultureInfo.InvariantCulture)).DefaultIfEmpty(0).Max();
        return last >= LargestSerial
            ? throw Wrong(Codes.TooMany, "area", area, "an area with a serial that was never given")
            : C05.Gives(prefix + (last + 1).ToString("D6", CultureInfo.InvariantCulture), ("area", area), ("last serial", last));
    }

    /// <summary>The state of a hospital after a step. Source: 三(一)-(二).</summary>
    /// <exception cref="FaultException">The step is not in the table.</exception>
    public static Cited<HospitalState> HospitalGoes(HospitalState from, HospitalState to) => C06.Gives(CrossRegionStates.Hospital.Go(from, to), ("from", from), ("to", to));

    /// <summary>The registration that holds on a day for an area of treatment; of several the one that began last, null: none.
    /// Source: 四, 四(一).</summary>
    /// <param name="treatmentArea">Six digits of the hospital's area.</param>
    public static Cited<CrossRegionRegistration?> RegistrationOn(IReadOnlyList<CrossRegionRegistration> registrations, string treatmentArea, DateOnly day) => C07.Gives(
        registrations.Where(each => each.State is RegistrationState.Active && each.First <= day && (each.Last is null || day <= each.Last)
                && treatmentArea.StartsWith(each.Area, StringComparison.Ordinal))
            .OrderByDescending(each => each.First).ThenBy(each => each.Number, StringComparer.Ordinal).FirstOrDefault(),
        registrations.CountAs("registrations"), ("treatment area", treatmentArea), ("day", day));

    /// <summary>The state of a person's benefit after a step. Source: 四(二).</summary>
    /// <exception cref="FaultException">The step is not in the table.</exception>
    public static Cited<BenefitState> BenefitGoes(BenefitState from, BenefitState to) => C08.Gives(CrossRegionStates.Benefit.Go(from, to), ("from", from), ("to", to));

    /// <summary>The state of a registration after a step. Source: 四(二).</summary>
    /// <exception cref="FaultException">The step is not in the table.</exception>
    public static Cited<RegistrationState> RegistrationGoes(RegistrationState from, RegistrationState to) =>
        C08.Gives(CrossRegionStates.Registration.Go(from, to), ("from", from), ("to", to));

    /// <summary>Whether a bill may be settled directly. The first obstacle refuses, in this order: the card is another person's (C9),
    /// no registration (C7), the benefit is stopped, the hospital is not open (C6), an area is suspended (C3). Source: 四(二), 五(一).</summary>
    public static Cited<DirectSettlement> MaySettleDirectly(DirectSettlementFacts facts)
    {
        string? refused = facts switch
        {
            { CardIsPersons: false } => Codes.CardOfAnother,
            { Registration: null or { State: RegistrationState.Terminated } } => Codes.NotRegistered,
            { Benefit: BenefitState.Suspended or BenefitState.Terminated } => Codes.BenefitStopped,
            { Hospital: not HospitalState.Open } => Codes.ProviderNotOpen,
            { ServiceIsOpen: false } => Codes.ServiceSuspended,
            _ => null,
        };
        return C08.Gives<DirectSettlement>(
            refused is null ? new DirectSettlement.Allowed(facts.Registration!.Number) : new DirectSettlement.Refused(refused),
            ("card is the person's", facts.CardIsPersons), ("registration", facts.Registration?.Number), ("benefit", facts.Benefit),
            ("hospital", facts.Hospital), ("service is open", facts.ServiceIsOpen));
    }

    private static Money NotNegative(string field, Money amount) => amount.IsNegative ? throw Wrong(Codes.BadAmount, field, amount.ToString(), "an amount of zero or more") : amount;

    private static Rate Share(string field, Rate rate) => rate < Rate.Zero || rate > Rate.One ? throw Wrong(Codes.BadRate, field, rate.ToString(), "a share from 0 to 1") : rate;

    private static FaultException Wrong(string code, string field, string value, string expected) => new(new Fault(code, field, value, expected));

    [GeneratedRegex(@"^[0-9]{6}1[0-9]{6}\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CodeForm();
}
