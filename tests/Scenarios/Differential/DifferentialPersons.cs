using EdgeHub.Hub.Feeds;
using EdgeHub.Rules.Ids;

namespace EdgeHub.Tests.Scenarios.Differential;

/// <summary>The insured persons: families of five beside each other in one village, where every second family has one account.</summary>
internal static class DifferentialPersons
{
    public const int FamilySize = 5;

    /// <summary>Villages, and so home sites, take turns family by family.</summary>
    public static int HomeOf(int person, int sites) => person / FamilySize % sites;

    public static string Number(int person) => $"D{person}";

    public static string IdNumber(int person) => ChineseId.Of(AreaCode.Sample, Born(person), person % 999).Format();

    public static MemberRow Row(int person, string village)
    {
        var owner = person - person % FamilySize;
        var shared = owner / FamilySize % 2 == 0 && person != owner;
        return new MemberRow(
            Number(person), IdNumber(person), $"D{person:00000000}", $"样本{person}", "1", Born(person), village, "390",
            person % 7 == 0 ? DifferentialBook.Assisted : DifferentialBook.Ordinary, DifferentialBook.Region, new DateOnly(2025, 1, 1), "2026-01-01", "1",
            shared ? 0 : 50_00 + person % 400 * 100) { AccountOwner = shared ? Number(owner) : "" };
    }

    /// <summary>From children to people over eighty, some who become sixty within the year.</summary>
    private static DateOnly Born(int person) => new DateOnly(1940, 1, 1).AddDays(person * 7919 % 29_000);
}
