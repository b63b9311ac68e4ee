using System.Text.Json.Nodes;
using EdgeHub.Rules;

namespace EdgeHub.Tests.Unit.Benefit;

/// <summary>The whole bill as a person tries it on the command line, with every rule at once.</summary>
public sealed class BillDescriptorTests
{
    private static readonly RuleDescriptor Bill = RuleCatalogue.Find("benefit.bill")!;

    /// <summary>A stay: 60,000.00 of class A and 1,000.00 of class C, an irregular referral, a quarter's deductible begun, and every
    /// limit partly used.</summary>
    [Fact]
    public void Run_EverythingAtOnce_GivesTheHandArithmetic()
    {
        var inputs = Template();
        inputs["lines"] = new JsonArray(Line("A", "60000.00"), Line("C", "1000.00"));
        Set(inputs,
            ("mode", "Quarter"), ("deductibleYuan", "800.00"), ("deductibleTakenYuan", "300.00"), ("tiers", "9500:0.6;*:0.8"), ("referral", "Irregular"),
            ("referralReduction", "0.1"), ("visitCapYuan", "40000.00"), ("dailyCapYuan", null), ("monthCapYuan", "39000.00"), ("fundPaidThisMonthYuan", "1000.00"),
            ("quarterCapYuan", "37000.00"), ("fundPaidThisQuarterYuan", "100.00"), ("diseaseCapYuan", "36500.00"), ("fundPaidForDiseaseYuan", "300.00"),
            ("institutionYearCapYuan", "36000.00"), ("fundPaidAtInstitutionYuan", "200.00"), ("annualCapYuan", "35500.00"), ("fundPaidThisYearYuan", "500.00"),
            ("catastrophicThresholdYuan", "10000.00"), ("catastrophicTiers", "10000:0.5;*:0.6"), ("ownPayThisYearYuan", "5000.00"),
            ("catastrophicCapYuan", "9000.00"), ("catastrophicPaidYuan", "0.00"), ("assistanceThresholdYuan", "1000.00"), ("assistanceRate", "0.5"),
            ("ownPayLeftThisYearYuan", "2000.00"), ("assistancePaidYuan", "500.00"), ("accountBalanceYuan", "100.00"), ("accountSpentThisYearYuan", "40.00"));

        var result = Run(inputs);

        // 800.00 - 300.00 = 500.00; 59500.00: 9500.00 x 0.5 + 50000.00 x 0.7 = 4750.00 + 35000.00 = 39750.00; visit 40000.00; month 38000.00; quarter
        // 36900.00; disease 36200.00; institution 35800.00; year 35500.00 - 500.00 = 35000.00
        // own 25000.00: base 30000.00: 10000.00 x 0.5 + 10000.00 x 0.6 = 11000.00 -> cap 9000.00; left 16000.00: 18000.00 - 1000.00 = 17000.00 x 0.5 = 8500.00 - 500.00
        // 61000.00 - 35000.00 - 9000.00 - 8000.00 = 9000.00: account 60.00, cash 8940.00
        Assert.Equal(
            ("500.00", "35000.00", "9000.00", "8000.00", "60.00", "8940.00"),
            (Text(result, "deductibleYuan"), Text(result, "fundYuan"), Text(result, "catastrophicYuan"), Text(result, "assistanceYuan"), Text(result, "accountYuan"), Text(result, "cashYuan")));
        Assert.Equal(
            [
                "deductible/quarter 500.00 0.00", "cap/visit 40000.00 5000.00", "cap/month 38000.00 3000.00", "cap/quarter 36900.00 1900.00", "cap/disease 36200.00 1200.00",
                "cap/institution-year 35800.00 800.00", "cap/year 35000.00 0.00", "catastrophic/threshold 5000.00 0.00", "catastrophic/cap 9000.00 0.00",
                "assistance/threshold 0.00 0.00", "account/year 60.00 0.00",
            ],
            result["limits"]!.AsArray().Select(limit => $"{limit!["name"]} {limit["beforeYuan"]} {limit["afterYuan"]}"));
    }

    [Theory]
    [InlineData("tiers", "5000:0.6", "tiers", Codes.BadRate)]
    [InlineData("catastrophicThresholdYuan", "1.00", "catastrophicTiers", Codes.Missing)]
    [InlineData("assistanceThresholdYuan", "1.00", "assistanceRate", Codes.Missing)]
    [InlineData("mode", "Week", "mode", Codes.UnknownCode)]
    public void Run_BadTerms_AreNamed(string input, string value, string field, string code)
    {
        var inputs = Template();
        inputs[input] = value;
        var fault = Assert.Single(Assert.Throws<FaultException>(() => Run(inputs)).Faults);
        Assert.Equal((code, field), (fault.Code, fault.Field.Split('.')[^1]));
    }

    private static JsonObject Template() => JsonNode.Parse(Bill.Template())!["inputs"]!.AsObject();

    private static JsonNode Run(JsonObject inputs) =>
        JsonNode.Parse(Bill.Run(new JsonObject { ["inputs"] = inputs.DeepClone() }.ToJsonString()))!["result"]!;

    private static JsonObject Line(string @class, string amount) => new()
    {
        ["category"] = 9, ["class"] = @class, ["price"] = amount, ["quantity"] = "1", ["amountYuan"] = amount, ["preSelfPay"] = @class == "C" ? "1" : "0",
    };

    private static void Set(JsonObject inputs, params (string Key, string? Value)[] values)
    {
        foreach (var (key, value) in values)
        {
            Assert.True(inputs.ContainsKey(key), key);
            inputs[key] = value;
        }
    }

    private static string Text(JsonNode result, string key) => (string)result[key]!;
}
