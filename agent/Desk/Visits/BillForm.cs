using System.Globalization;

namespace EdgeHub.Agent.Desk.Visits;

/// <summary>The bill's form as a browser sent it.</summary>
/// <param name="RequestKey">Made when the form was shown.</param>
/// <param name="ExpectedCash">Minor units of cash that the form showed; null: none was shown.</param>
/// <param name="Item">What was typed to find an item by; blank: nothing. Diagnosis likewise.</param>
/// <param name="Pressed">The button: enter, keep, confirm, add-item, add-diagnosis, remove-line, remove-diagnosis; <paramref name="Value"/> is its value.</param>
public sealed record BillForm(
    long Revision, string RequestKey, long? ExpectedCash, IReadOnlyList<LineTyped> Lines, string Item, string Diagnosis, string Pressed, string Value,
    string Referral, string Disease, bool UseAccount, string ServiceDay, string SecondNumber, string SecondPin, string Editor, bool IsBySelf)
{
    private static readonly string[] Named = ["add-item", "add-diagnosis", "remove-line", "remove-diagnosis"];

    public static BillForm Of(IFormCollection form)
    {
        var (prices, quantities) = (form["price"], form["quantity"]);
        var named = Array.Find(Named, name => form.ContainsKey(name));
        return new BillForm(
            long.TryParse(form["revision"], NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : 0, Text(form, "requestKey"),
            long.TryParse(form["expectedCash"], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var cash) ? cash : null,
            [.. prices.Take(Math.Min(prices.Count, quantities.Count)).Select((price, i) => new LineTyped(price, quantities[i]))], Text(form, "item"), Text(form, "diagnosis"),
            named ?? (Text(form, "step") is { Length: > 0 } step ? step : "enter"), named is null ? "" : Text(form, named),
            Text(form, "referral"), Text(form, "disease"), form.ContainsKey("useAccount"), Text(form, "serviceDay"), Text(form, "secondNumber"), Text(form, "secondPin"),
            Text(form, "editor"), form.ContainsKey("bySelf"));
    }

    /// <summary>Without what is nobody's to read.</summary>
    public override string ToString() => $"a bill's form: {Pressed}";

    /// <summary>The form with the one thing that its button does to the draft.</summary>
    public DraftGiven Given(string visit, int ordinal, DraftStep step) => new(visit, ordinal, Revision, Lines, Referral, Disease, UseAccount, ServiceDay, step) { Editor = Editor, IsBySelf = IsBySelf };

    private static string Text(IFormCollection form, string name) => form[name].ToString().Trim();
}
