namespace EdgeHub.Rules.Benefit;

/// <summary>The caps that a fund's share goes through, one after another; what each had left, and how it moves, is known when the
/// last one has been applied. Source: B5, B6, B27, B28; their order: B20.</summary>
internal sealed class CapChain(ShareWork work, Money share)
{
    private readonly List<(string Limit, Money Cap, Money Left, AccumulatorKey? Key, Money Had)> _met = new(2);
    private Money _share = share;

    /// <summary>Visit, day, month, quarter, disease, institution and year, year; then limits and moves.</summary>
    public Money Through(PolicyRow row, VisitFacts visit)
    {
        var (day, scope) = (visit.ServiceDay, row.Scope);
        if (row.Caps.Visit is { } ofVisit)
        {
            _share = work.Note(StepNames.VisitCap, ShareRules.SpanCap(CapSpan.Visit, _share, Left(LimitNames.VisitCap, ofVisit, null)));
        }
        Money? dayLeft = row.DailyCap is { } ofDay ? Left(LimitNames.DailyCap, ofDay, BenefitKeys.FundPay(AccumulatorSpan.Day, day, scope)) : null;
        _share = work.Note(StepNames.DailyCap, ShareRules.DailyCap(_share, dayLeft));
        if (row.Caps.Month is { } ofMonth)
        {
            var left = Left(LimitNames.MonthCap, ofMonth, BenefitKeys.FundPay(AccumulatorSpan.Month, day, scope));
            _share = work.Note(StepNames.MonthCap, ShareRules.SpanCap(CapSpan.Month, _share, left));
        }
        if (row.Caps.Quarter is { } ofQuarter)
        {
            var left = Left(LimitNames.QuarterCap, ofQuarter, BenefitKeys.FundPay(AccumulatorSpan.Quarter, day, scope));
            _share = work.Note(StepNames.QuarterCap, ShareRules.SpanCap(CapSpan.Quarter, _share, left));
        }
        if (row.DiseaseCap is { } ofDisease && visit.Disease is { } disease)
        {
            var left = Left(LimitNames.DiseaseCap, ofDisease, BenefitKeys.FundPayForDisease(day, disease));
            _share = work.Note(StepNames.DiseaseCap, ShareRules.DiseaseCap(_share, left));
        }
        if (row.Caps.InstitutionYear is { } ofInstitution)
        {
            var left = Left(LimitNames.InstitutionYearCap, ofInstitution, BenefitKeys.FundPayAtInstitution(visit, scope));
            _share = work.Note(StepNames.InstitutionYearCap, ShareRules.SpanCap(CapSpan.InstitutionYear, _share, left));
        }
        return OfTheYear(row, day);
    }

    /// <summary>The year's cap last; what the fund pays counts for the year whether or not the row has one.</summary>
    private Money OfTheYear(PolicyRow row, DateOnly day)
    {
        var key = BenefitKeys.FundPay(AccumulatorSpan.Year, day, row.Scope);
        var paid = work.Of(key);
        Money? left = row.AnnualCap is { } cap ? ShareRules.CapLeft(cap, paid) : null;
        _share = work.Note(StepNames.AnnualCap, ShareRules.AnnualCap(_share, left));
        foreach (var met in _met)
        {
            work.Limit(met.Limit, met.Cap, met.Left, _share);
            if (met.Key is { } counted)
            {
                work.Move(counted, met.Had, _share);
            }
        }
        if (row.AnnualCap is { } annual && left is { } had)
        {
            work.Limit(LimitNames.AnnualCap, annual, had, _share);
        }
        if (row.AnnualCap is not null || _share.IsPositive)
        {
            work.Move(key, paid, _share);
        }
        return _share;
    }

    private Money Left(string limit, Money cap, AccumulatorKey? key)
    {
        var had = key is null ? Money.Zero(cap.Currency) : work.Of(key);
        var left = ShareRules.CapLeft(cap, had);
        _met.Add((limit, cap, left, key, had));
        return left;
    }
}
