namespace EdgeHub.Rules.Payment;

/// <summary>What holds of payment by a contract in every scheme; README.md beside this gives the words.</summary>
public static class PaymentArticles
{
    private const string Document = "arithmetic-that-holds-everywhere";

    public static readonly Article M1 = new("M1", Document, "a contract as a mix of payment models");

    public static readonly IReadOnlyList<Article> All = [M1];
}
