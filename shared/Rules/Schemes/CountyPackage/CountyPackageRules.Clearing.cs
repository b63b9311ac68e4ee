using static EdgeHub.Rules.Schemes.CountyPackage.CountyPackageArticles;

namespace EdgeHub.Rules.Schemes.CountyPackage;

/// <summary>This part: the annual clearing.</summary>
public static partial class CountyPackageRules
{
    /// <summary>The annual clearing, 1 January to 31 December. Below the package: pay = actual - violations, and the surplus is
    /// what the package less violations leaves. At or above it: pay = package - violations, the overrun is borne by the
    /// institution itself. Equality is the second case. Nothing is rounded. Source: 四(三)5.</summary>
    /// <param name="package">Package of the year after the clearing indicators (Z27).</param>
    /// <param name="violations">Confirmed deductions for violations (违规扣减费用).</param>
    /// <param name="actual">Pool-fund cost that actually arose in the year.</param>
    /// <exception cref="FaultException">A negative amount.</exception>
    public static Cited<AnnualClearing> ClearYear(Money package, Money violations, Money actual)
    {
        NotNegative("package", package);
        NotNegative("violations", violations);
        NotNegative("actual", actual);
        var none = Money.Zero(package.Currency);
        var clearing = actual < package
            ? new AnnualClearing(ClearingCase.BelowPackage, actual - violations, package - violations - (actual - violations), none)
            : new AnnualClearing(ClearingCase.AtOrAbovePackage, package - violations, none, actual - package);
        return Z24.Gives(clearing, ("package", package), ("violations", violations), ("actual", actual));
    }
}
