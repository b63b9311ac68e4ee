using EdgeHub.Agent.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace EdgeHub.Agent.Desk;

/// <summary>The bar alone, as each page asks for it every few seconds.</summary>
[ForEverybody]
[ByItself]
public sealed class BarPage(StatusBar bar) : DeskPage
{
    public override string Title => "";

    public async Task<IActionResult> OnGetAsync() => new PartialViewResult
    {
        ViewName = "/Desk/_Bar.cshtml", ViewData = new ViewDataDictionary<BarShown>(new EmptyModelMetadataProvider(), new ModelStateDictionary()) { Model = await bar.Read() },
    };
}
