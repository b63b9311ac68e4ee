using System.Reflection;
using EdgeHub.Agent.Access;
using EdgeHub.Agent.Desk;
using EdgeHub.Tests.Unit.Architecture;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EdgeHub.Tests.Unit.Pages;

/// <summary>The one table of role by action, and the pages that name their action.</summary>
public sealed class RolesTests
{
    [Fact]
    public void Table_HoldsEveryActionOnce() =>
        Assert.Equal(Constants().Order(StringComparer.Ordinal), Roles.ActionsShown.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData(Roles.Doctor, Actions.Settle, true)]
    [InlineData(Roles.Cashier, Actions.Settle, true)]
    [InlineData(Roles.Manager, Actions.Settle, false)]
    [InlineData(Roles.Doctor, Actions.PayOut, false)]
    [InlineData(Roles.Cashier, Actions.RecordContact, false)]
    [InlineData(Roles.Doctor, Actions.ApproveLarge, false)]
    [InlineData(Roles.Cashier, Actions.ChangeStaff, false)]
    [InlineData(Roles.Manager, Actions.ChangeStaff, true)]
    [InlineData(Roles.Client, Actions.ChangeStaff, false)]
    [InlineData(Roles.Client, Actions.ApproveLarge, false)]
    public void Role_MayOrMayNot(string role, string action, bool may) => Assert.Equal(may, Roles.May(role, action));

    [Fact]
    public void UnknownRole_Throws() => Assert.Throws<ArgumentException>(() => Roles.May("visitor", Actions.SeeDay));

    [Fact]
    public void EveryPage_NamesItsAction() => Repository.AssertNone(Pages.Where(page => !Names(page))
        .Select(page => new Finding(page.FullName!, "neither [Needs(…)] nor [ForEverybody] on the page or on each of its handlers")));

    [Fact]
    public void Breaks_PageWithoutAnAction_IsFound()
    {
        Assert.False(Names(typeof(Forgot)));
        Assert.True(Names(typeof(OnItsHandler)));
    }

    private static IEnumerable<Type> Pages => typeof(DeskPage).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(PageModel)) && !type.IsAbstract);

    private static bool Names(Type page) => IsNamed(page)
        || (page.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(method => method.Name.StartsWith("On", StringComparison.Ordinal)).ToList() is { Count: > 0 } handlers
            && handlers.TrueForAll(IsNamed));

    private static bool IsNamed(MemberInfo member) =>
        member.GetCustomAttribute<NeedsAttribute>() is { } needs ? Constants().Contains(needs.Action) : member.GetCustomAttribute<ForEverybodyAttribute>() is not null;

    private static IEnumerable<string> Constants() => typeof(Actions).GetFields().Select(field => (string)field.GetRawConstantValue()!);

    private sealed class Forgot : PageModel
    {
        public void OnGet()
        {
        }
    }

    private sealed class OnItsHandler : PageModel
    {
        [Needs(Actions.SeeDay, Shows.Nobody)]
        public void OnGet()
        {
        }
    }
}
