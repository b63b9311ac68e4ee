namespace EdgeHub.Rules.Benefit;

/// <summary>Catastrophic insurance and assistance of one settlement, with their limits and moves. Source: B29, B30, B31.</summary>
internal static class BillLayers
{
    public static (Money Catastrophic, Money Assistance) Of(ShareWork work, PolicyRow row, DateOnly day, Money eligible, Money fund)
    {
        var nothing = Money.Zero(eligible.Currency);
        if (row.Catastrophic is null && row.Assistance is null)
        {
            return (nothing, nothing);
        }
        var ownPay = work.Note(StepNames.OwnPay, LayerRules.OwnPay(eligible, fund));
        var catastrophic = row.Catastrophic is { } insured ? Catastrophic(work, insured, day, ownPay) : nothing;
        return (catastrophic, row.Assistance is { } helped ? Assistance(work, helped, day, ownPay, catastrophic) : nothing);
    }

    private static Money Catastrophic(ShareWork work, CatastrophicTerms terms, DateOnly day, Money ownPay)
    {
        var (counted, paid) = (BenefitKeys.OfLayer(AccumulatorKind.CatastrophicBase, day), BenefitKeys.OfLayer(AccumulatorKind.CatastrophicPay, day));
        var (baseBefore, paidBefore) = (work.Of(counted), work.Of(paid));
        var pays = work.Note(StepNames.Catastrophic, LayerRules.Catastrophic(terms, baseBefore, ownPay, paidBefore));
        Threshold(work, LimitNames.CatastrophicThreshold, terms.Threshold, baseBefore, ownPay);
        work.Move(counted, baseBefore, ownPay);
        Cap(work, LimitNames.CatastrophicCap, terms.Cap, paid, paidBefore, pays);
        return pays;
    }

    private static Money Assistance(ShareWork work, AssistanceTerms terms, DateOnly day, Money ownPay, Money catastrophic)
    {
        var left = work.Note(StepNames.OwnPayLeft, LayerRules.OwnPayLeft(ownPay, catastrophic));
        var (counted, paid) = (BenefitKeys.OfLayer(AccumulatorKind.AssistanceBase, day), BenefitKeys.OfLayer(AccumulatorKind.AssistancePay, day));
        var (baseBefore, paidBefore) = (work.Of(counted), work.Of(paid));
        var pays = work.Note(StepNames.Assistance, LayerRules.Assistance(terms, baseBefore, left, paidBefore));
        Threshold(work, LimitNames.AssistanceThreshold, terms.Threshold, baseBefore, left);
        work.Move(counted, baseBefore, left);
        Cap(work, LimitNames.AssistanceCap, terms.Cap, paid, paidBefore, pays);
        return pays;
    }

    /// <summary>What the year must still bear before the layer pays.</summary>
    private static void Threshold(ShareWork work, string name, Money threshold, Money baseBefore, Money borne)
    {
        var left = (threshold - baseBefore).NotBelowZero();
        work.Limit(name, threshold, left, Money.Min(left, borne));
    }

    private static void Cap(ShareWork work, string name, Money? cap, AccumulatorKey key, Money paidBefore, Money pays)
    {
        if (cap is { } limit)
        {
            work.Limit(name, limit, ShareRules.CapLeft(limit, paidBefore), pays);
        }
        if (cap is not null || pays.IsPositive)
        {
            work.Move(key, paidBefore, pays);
        }
    }
}
