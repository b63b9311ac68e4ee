namespace EdgeHub.Rules.Benefit;

/// <summary>Reads one row, or one cover, of a policy book from its cells. Every fault names row, column, value and what would be
/// right; reading goes on to the next column.</summary>
/// <param name="book">The book's own period, which the row's period may narrow.</param>
internal sealed class PolicyRowReader(PolicyCells cells, DateRange book)
{
    private const int OldestAge = 150;

    /// <summary>The case that the cells name; what is faulty is noted and read as blank.</summary>
    public PolicyKey Key()
    {
        var area = cells.Code(PolicyColumns.PoolingArea);
        if (area is null)
        {
            cells.Wrong(Codes.Missing, PolicyColumns.PoolingArea, "an area code, for example 530924");
        }
        var ageFrom = cells.Whole(PolicyColumns.AgeFrom, OldestAge);
        var ageTo = cells.Whole(PolicyColumns.AgeTo, OldestAge);
        if (ageFrom >= ageTo || ageTo == 0)
        {
            cells.Wrong(Codes.BadNumber, PolicyColumns.AgeTo, $"an age above {ageFrom ?? 0}, not itself included");
        }
        return new PolicyKey(
            area ?? "", cells.Code(PolicyColumns.InsuranceType), cells.Code(PolicyColumns.VisitType), cells.YesOrNo(PolicyColumns.OutOfArea),
            cells.Whole(PolicyColumns.Level, CatalogueLevels.Highest), cells.Code(PolicyColumns.InstitutionType), cells.Code(PolicyColumns.PersonType),
            ageFrom, ageTo, cells.Code(PolicyColumns.Disease), Period());
    }

    public PolicyRow Row(int id)
    {
        var key = Key();
        var mode = Mode();
        var deductible = cells.Amount(PolicyColumns.Deductible) ?? cells.Nothing;
        if (mode == DeductibleMode.None ? !deductible.IsZero : !deductible.IsPositive)
        {
            cells.Wrong(Codes.BadAmount, PolicyColumns.Deductible, mode == DeductibleMode.None ? "blank or 0.00 without a deductible" : "an amount above 0.00");
        }
        var (rate, tiers) = Rates();
        return new PolicyRow(id, key, mode, deductible, rate, cells.Amount(PolicyColumns.DailyCap), cells.Amount(PolicyColumns.AnnualCap))
        {
            Scope = Scope(),
            Caps = new SpanCaps(
                cells.Amount(PolicyColumns.VisitCap), cells.Amount(PolicyColumns.MonthCap), cells.Amount(PolicyColumns.QuarterCap),
                cells.Amount(PolicyColumns.InstitutionYearCap)),
            DiseaseCap = cells.Amount(PolicyColumns.DiseaseCap),
            Tiers = tiers,
            ReferralReduction = cells.Has(PolicyColumns.ReferralReduction) ? cells.Share(PolicyColumns.ReferralReduction) : Rate.Zero,
            Catastrophic = Catastrophic(),
            Assistance = Assistance(),
        };
    }

    /// <summary>One rate, or tiers; with tiers the rate is that of the first.</summary>
    private (Rate Rate, RateTiers? Tiers) Rates()
    {
        if (!cells.Has(PolicyColumns.Tiers))
        {
            return (cells.Share(PolicyColumns.FundRate), null);
        }
        if (cells.Has(PolicyColumns.FundRate))
        {
            cells.Wrong(Codes.BadRate, PolicyColumns.FundRate, $"nothing beside {PolicyColumns.Tiers}");
        }
        var tiers = cells.Tiers(PolicyColumns.Tiers);
        return (tiers is null ? Rate.Zero : tiers.All[0].Rate, tiers);
    }

    private string Scope()
    {
        var scope = cells.Code(PolicyColumns.Scope);
        if (BenefitKeys.IsReserved(scope))
        {
            cells.Wrong(Codes.BadCharacter, PolicyColumns.Scope, "a name that does not begin with institution:, disease: or account:");
        }
        return scope ?? AccumulatorKey.Everywhere;
    }

    private CatastrophicTerms? Catastrophic()
    {
        if (!Begun(PolicyColumns.CatastrophicThreshold, PolicyColumns.CatastrophicTiers, PolicyColumns.CatastrophicCap))
        {
            return null;
        }
        var threshold = cells.Amount(PolicyColumns.CatastrophicThreshold);
        var tiers = cells.Tiers(PolicyColumns.CatastrophicTiers);
        var cap = cells.Amount(PolicyColumns.CatastrophicCap);
        return threshold is { } from && tiers is not null ? new CatastrophicTerms(from, tiers, cap) : null;
    }

    private AssistanceTerms? Assistance()
    {
        if (!Begun(PolicyColumns.AssistanceThreshold, PolicyColumns.AssistanceRate, PolicyColumns.AssistanceCap))
        {
            return null;
        }
        var threshold = cells.Amount(PolicyColumns.AssistanceThreshold);
        var rate = cells.Share(PolicyColumns.AssistanceRate);
        var cap = cells.Amount(PolicyColumns.AssistanceCap);
        return threshold is { } from ? new AssistanceTerms(from, rate, cap) : null;
    }

    /// <summary>Whether a layer's columns say something; the first two then must, the cap may.</summary>
    private bool Begun(string threshold, string pays, string cap)
    {
        if (!cells.Has(threshold) && !cells.Has(pays) && !cells.Has(cap))
        {
            return false;
        }
        var missing = !cells.Has(threshold) ? threshold : !cells.Has(pays) ? pays : null;
        if (missing is not null)
        {
            cells.Wrong(Codes.Missing, missing, $"given together: {threshold} and {pays}");
        }
        return missing is null;
    }

    private DeductibleMode Mode()
    {
        var mode = DeductibleMode.None;
        if (!cells.Has(PolicyColumns.DeductibleMode) || PolicyColumns.Modes.TryGetValue(cells.Text(PolicyColumns.DeductibleMode), out mode))
        {
            return mode;
        }
        cells.Wrong(Codes.UnknownCode, PolicyColumns.DeductibleMode, $"one of {string.Join(", ", PolicyColumns.Modes.Keys)}");
        return DeductibleMode.None;
    }

    private DateRange Period()
    {
        var first = cells.Day(PolicyColumns.First) ?? book.First;
        var last = cells.Day(PolicyColumns.Last) ?? book.End?.AddDays(-1);
        if (last < first)
        {
            cells.Wrong(Codes.BadDate, PolicyColumns.Last, $"not before {Article.Written(first)}");
            return book;
        }
        if (first < book.First || (book.End is { } end && (last is null || last >= end)))
        {
            cells.Wrong(Codes.BadDate, first < book.First ? PolicyColumns.First : PolicyColumns.Last, $"a day of the book's period {book}");
            return book;
        }
        return DateRange.Inclusive(first, last);
    }
}
