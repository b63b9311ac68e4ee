using EdgeHub.Rules.Benefit;

namespace EdgeHub.Rules.Ids;

/// <summary>Check digits as a person can try them: whether a number is right, and if not, what is wrong.</summary>
public static class CheckDigitDescriptor
{
    private static readonly string[] Kinds = ["ChineseId", "UnifiedSocialCreditCode", "Personnummer", "NhsNumber"];

    public static readonly RuleDescriptor Descriptor = new(
        "id.check-digit", new("号码校验", "Kontrollsiffra", "Check digit of a number"), [BenefitArticles.B25],
        [
            RuleInput.Text("kind", "ChineseId") with { Choices = Kinds }, RuleInput.Text("number", "34052419800101001X"),
            RuleInput.Day("writtenOn", "2025-01-01"),
        ],
        Check);

    private static RuleResult Check(RuleInputs i)
    {
        var number = i.Text("number");
        Fault? fault;
        _ = i.Text("kind") switch
        {
            "ChineseId" => ChineseId.TryParse(number, "number", out _, out fault),
            "UnifiedSocialCreditCode" => UnifiedSocialCreditCode.TryParse(number, "number", out _, out fault),
            "Personnummer" => Personnummer.TryParse(number, i.Day("writtenOn"), "number", out _, out fault),
            _ => NhsNumber.TryParse(number, "number", out _, out fault),
        };
        var isRight = BenefitArticles.B25.Gives(fault is null, ("kind", i.Text("kind")), ("number", number));
        return RuleResult.Of("check digit", isRight, new RuleValue("isRight", isRight.Value), new RuleValue("code", fault?.Code), new RuleValue("expected", fault?.Expected));
    }
}
