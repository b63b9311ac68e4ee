using EdgeHub.Rules;

namespace EdgeHub.Tests.Unit.Rules;

public sealed class PinyinInitialsTests
{
    [Theory]
    [InlineData("阿莫西林", "amxl")]
    [InlineData("复方氨基酸(18AA-Ⅰ)", "ffajs18aa")]
    [InlineData("注射用艾普拉唑钠", "zsyaplzn")]
    [InlineData("一般诊疗费", "ybzlf")]
    [InlineData("啊座", "az")]
    [InlineData("原发性高血压", "yfxgxy")]
    [InlineData("急性上呼吸道感染", "jxshxdgr")]
    [InlineData("荨麻疹", "xmz")]
    [InlineData("髋骨关节炎", "kggjy")]
    [InlineData("腘动脉瘤", "gdml")]
    [InlineData("", "")]
    public void Pinyin_OfAName_GivesTheInitials(string name, string initials) => Assert.Equal(initials, PinyinInitials.Of(name));
}
