using System.Text.Json.Nodes;
using EdgeHub.Rules;

namespace EdgeHub.Tests.Unit.Rules;

public sealed class RuleDescriptorTests
{
    private const string Clearing = "county.annual-clearing";

    public static TheoryData<string> Names => [.. RuleCatalogue.All.Select(rule => rule.Name)];

    public static TheoryData<string, string, string> Results
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var row in CsvText.Embedded(typeof(RuleDescriptorTests).Assembly, "Rules/Tables/Descriptors.csv").Rows)
            {
                data.Add(row["rule"], row["key"], row["value"]);
            }
            return data;
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Run_OwnTemplate_GivesInputsResultAndCitedSteps(string name)
    {
        var rule = RuleCatalogue.Find(name)!;
        var ran = JsonNode.Parse(rule.Run(rule.Template()))!;
        Assert.Equal(name, (string?)ran["rule"]);
        Assert.NotEmpty(ran["result"]!.AsObject());
        Assert.NotEmpty(ran["steps"]!.AsArray());
        var cited = rule.Articles.Select(article => article.Rule).ToList();
        Assert.All(ran["steps"]!.AsArray(), step =>
        {
            Assert.Contains((string?)step!["article"], cited);
            Assert.NotEmpty((string?)step["clause"] ?? "");
            Assert.NotEmpty((string?)step["value"] ?? "");
            Assert.NotEmpty(step["inputs"]!.AsObject());
        });
    }

    [Theory, MemberData(nameof(Results))]
    public void Run_WorkedExample_GivesItsValue(string name, string key, string value)
    {
        var rule = RuleCatalogue.Find(name)!;
        Assert.Equal(value, JsonNode.Parse(rule.Run(rule.Template()))!["result"]![key]!.ToString());
    }

    [Fact]
    public void All_Names_AreUniqueAndTitledInThreeLanguages()
    {
        Assert.Equal(RuleCatalogue.All.Count, RuleCatalogue.All.Select(rule => rule.Name).Distinct().Count());
        Assert.All(RuleCatalogue.All, rule => Assert.All(Languages.All, language => Assert.NotEmpty(rule.Title.In(language))));
        Assert.All(RuleCatalogue.All, rule => Assert.Equal(rule.Inputs.Count, rule.Inputs.Select(input => input.Key).Distinct().Count()));
    }

    [Theory]
    [InlineData("Z24", Clearing)]
    [InlineData("z12", "county.lead-indicator")]
    [InlineData("COUNTY.ANNUAL-CLEARING", Clearing)]
    [InlineData("Z5", "county.package-budget")]
    [InlineData("Z99", null)]
    public void Find_NameOrNumber_GivesTheRule(string asked, string? name) => Assert.Equal(name, RuleCatalogue.Find(asked)?.Name);

    [Fact]
    public void Run_LeftOutInputs_AreTheParametersOfTheDay()
    {
        var rule = RuleCatalogue.Find("county.package-split")!;
        var ran = JsonNode.Parse(rule.Run("""{"day":"2025-01-01","inputs":{"packageBudgetYuan":"120207780.00"}}"""))!;
        Assert.Equal("0.045", (string?)ran["inputs"]!["privateShare"]);
        Assert.Equal("114798429.90", (string?)ran["result"]!["leadYuan"]);
    }

    [Theory]
    [InlineData("""{"inputs":{"packageBudgetYuan":"1.00"}}""")]
    [InlineData("""{"day":"2019-12-31","inputs":{"packageBudgetYuan":"1.00"}}""")]
    [InlineData("""{"day":"2020-01-01","knownOn":"2020-03-30","inputs":{"packageBudgetYuan":"1.00"}}""")]
    public void Run_LeftOutInputsWithoutAParameterThatDay_AreMissing(string json)
    {
        var fault = Assert.Throws<FaultException>(() => RuleCatalogue.Find("county.package-split")!.Run(json)).Fault;
        Assert.Equal((Codes.Missing, "inputs.privateShare"), (fault.Code, fault.Field));
        Assert.Contains("private.shareOfPackage", fault.Expected);
    }

    [Fact]
    public void Run_RegionsBook_OverridesTheShippedParameter()
    {
        var book = SchemeParameters.Parse("book.csv", "key,value,unit,first day,last day,known from,article,checked on,note\n"
            + "private.shareOfPackage,0.05,share,2025-01-01,,2025-01-01,Z6,2025-01-01,\n");
        var ran = RuleCatalogue.Find("county.package-split")!.Run("""{"day":"2025-01-01","inputs":{"packageBudgetYuan":"100.00"}}""", book);
        Assert.Equal("5.00", (string?)JsonNode.Parse(ran)!["result"]!["privatePoolYuan"]);
    }

    [Fact]
    public void Run_SeveralFaults_AreAllNamedAtOnce()
    {
        var faults = Assert.Throws<FaultException>(() => RuleCatalogue.Find(Clearing)!.Run(
            """{"rule":"county.other","inputs":{"packageYuan":3772000,"violationsYuan":"-1.00","actualFen":"1"},"extra":1}""")).Faults;
        Assert.Equal(
            [
                (Codes.UnknownCode, "extra", "1"), (Codes.UnknownCode, "rule", "\"county.other\""), (Codes.UnknownCode, "inputs.actualFen", "\"1\""),
                (Codes.BadAmount, "inputs.packageYuan", "3772000"), (Codes.BadAmount, "inputs.violationsYuan", "-1.00"), (Codes.Missing, "inputs.actualYuan", ""),
            ],
            faults.Select(fault => (fault.Code, fault.Field, fault.Value)));
        Assert.Contains("text with an amount", faults[3].Expected);
    }

    [Theory]
    [InlineData("", Codes.BadJson)]
    [InlineData("[]", Codes.BadJson)]
    [InlineData("{", Codes.BadJson)]
    [InlineData("{\"inputs\":{},\"inputs\":{}}", Codes.BadJson)]
    [InlineData("{\"inputs\":[]}", Codes.Missing)]
    [InlineData("{\"a\":[[[[[[[[[[1]]]]]]]]]]}", Codes.BadJson)]
    public void Run_NoSuchJson_IsRefused(string json, string code) =>
        Assert.Equal(code, Assert.Throws<FaultException>(() => RuleCatalogue.Find(Clearing)!.Run(json)).Fault.Code);

    [Fact]
    public void Run_TooLong_IsRefused() => Assert.Equal(
        Codes.TooLong, Assert.Throws<FaultException>(() => RuleCatalogue.Find(Clearing)!.Run(new string(' ', RuleDescriptor.MaxCharacters + 1))).Fault.Code);

    [Theory]
    [InlineData("100000000000.00", true)]
    [InlineData("100000000000.01", false)]
    [InlineData("0.001", false)]
    [InlineData("1e3", false)]
    [InlineData("１", false)]
    [InlineData("", false)]
    [InlineData("0.00", true)]
    public void Run_AmountAtItsBounds_IsTakenOrRefused(string amount, bool taken)
    {
        var json = $$$"""{"inputs":{"packageYuan":"{{{amount}}}","violationsYuan":"0.00","actualYuan":"0.00"}}""";
        if (taken)
        {
            Assert.Contains("surplusYuan", RuleCatalogue.Find(Clearing)!.Run(json));
        }
        else
        {
            Assert.Equal((Codes.BadAmount, amount), (Refused(json).Code, Refused(json).Value));
        }

        static Fault Refused(string json) => Assert.Throws<FaultException>(() => RuleCatalogue.Find(Clearing)!.Run(json)).Fault;
    }

    [Fact]
    public void Run_LargestPrivateAmounts_DoNotOverflow()
    {
        var rule = RuleCatalogue.Find("county.private-indicators")!;
        var rows = string.Join(',', Enumerable.Range(0, RuleInputs.MaxRows).Select(i => $$"""{"institution":"P{{i}}","disbursedLastYearYuan":"100000000000.00"}"""));
        var ran = JsonNode.Parse(rule.Run($$$"""{"inputs":{"packageBudgetYuan":"100000000000.00","privateShare":"1","growth":"1","private":[{{{rows}}}]}}"""))!;
        Assert.Equal(100_000_000_000m, ran["result"]!["private"]!.AsArray().Sum(each => decimal.Parse((string)each!["indicatorYuan"]!, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Run_FaultInARow_NamesRowAndColumn()
    {
        var rule = RuleCatalogue.Find("county.private-indicators")!;
        var faults = Assert.Throws<FaultException>(() => rule.Run(
            """{"inputs":{"packageBudgetYuan":"1.00","privateShare":"1","growth":0.048,"private":[{"institution":"A"},7]}}""")).Faults;
        Assert.Equal(
            [(Codes.Missing, "inputs.private[0].disbursedLastYearYuan"), (Codes.BadJson, "inputs.private[1]")], faults.Select(fault => (fault.Code, fault.Field)));
    }

    [Fact]
    public void Run_WhatTheRuleRefuses_NamesTheCallersField()
    {
        var fault = Assert.Throws<FaultException>(() => RuleCatalogue.Find("Z12")!.Run(
            """{"inputs":{"packageBudgetYuan":"1.00","privateIndicatorsYuan":"1.01"}}""")).Fault;
        Assert.Equal("privateIndicatorsYuan", fault.Field);
    }
}
