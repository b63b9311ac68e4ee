using System.Globalization;
using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Settlement;
using EdgeHub.Rules;

namespace EdgeHub.Agent.Desk.Visits;

/// <summary>A row of an invoice as typed.</summary>
public sealed record InvoiceRow(string Item, string Price, string Quantity)
{
    public bool IsBlank => Item.Length == 0 && Price.Length == 0 && Quantity.Length == 0;
}

/// <summary>An invoice that the patient paid in full, as typed; everything stays in the form until it is taken in.</summary>
public sealed record InvoiceForm(
    string RequestKey, string How, string Number, string Reason, string VisitType, string Code, string Name, string Area, string Level, string Type,
    string Admitted, string ServiceDay, string Referral, string Diagnoses, string Disease, string Issuer, string InvoiceNumber, string ReasonCode, string RefusedRequest,
    IReadOnlyList<InvoiceRow> Rows)
{
    public const int FewRows = 3;
    private const int MostRows = 200;
    private static readonly char[] Separators = [',', ' ', ';', '，', '；', '、'];

    public static InvoiceForm Blank(string requestKey, string refused) => new(
        requestKey, "card", "", "", "11", "", "", "", "", "", "", "", "NotNeeded", "", "", "", "", "", refused, Enumerable.Repeat(new InvoiceRow("", "", ""), FewRows).ToList());

    public static InvoiceForm Of(IFormCollection form)
    {
        string Text(string name) => form[name].ToString().Trim();
        var (items, prices, quantities) = (form["item"], form["price"], form["quantity"]);
        var count = Math.Min(MostRows, Math.Min(items.Count, Math.Min(prices.Count, quantities.Count)));
        return new InvoiceForm(
            Text("requestKey"), Text("how"), Text("number"), Text("reason"), Text("visitType"), Text("code"), Text("name"), Text("area"), Text("level"), Text("type"),
            Text("admitted"), Text("serviceDay"), Text("referral"), Text("diagnoses"), Text("disease"), Text("issuer"), Text("invoiceNumber"), Text("reasonCode"), Text("refusedRequest"),
            [.. Enumerable.Range(0, count).Select(i => new InvoiceRow(items[i]?.Trim() ?? "", prices[i]?.Trim() ?? "", quantities[i]?.Trim() ?? ""))]);
    }

    /// <summary>The request as it is claimed; what cannot be read is added to the faults by its field.</summary>
    /// <param name="reader">Whose card is meant; null: any.</param>
    public ReimbursementRequest Request(string @operator, string? reader, List<Fault> faults)
    {
        var lines = new List<LineGiven>();
        foreach (var row in Rows.Where(row => !row.IsBlank))
        {
            var (line, wrong) = DraftReader.Line(new DraftLine(row.Item, row.Item, "", row.Price, row.Quantity), lines.Count + 1);
            lines.Add(line);
            faults.AddRange(wrong);
        }
        if (lines.Count == 0)
        {
            faults.Add(new Fault(Codes.Missing, "lines", "", "at least one fee line"));
        }
        return new ReimbursementRequest(
            RequestKey, new EvidenceGiven(How, How == "card" ? null : Number, How == "manual" ? Reason : null) { Reader = How is "card" or "manual" ? reader : null }, VisitType,
            new TreatedAt(Or(Code), Or(Name), Or(Area), int.TryParse(Level, NumberStyles.None, CultureInfo.InvariantCulture, out var level) ? level : null, Or(Type)),
            Day(Admitted, "admitted", faults), Day(ServiceDay, "serviceDay", faults), Or(Referral), Diagnoses.Split(Separators, StringSplitOptions.RemoveEmptyEntries), Or(Disease),
            new InvoiceGiven(Or(Issuer), Or(InvoiceNumber)), lines, Or(ReasonCode), Or(RefusedRequest), @operator);
    }

    private static string? Or(string text) => text.Length == 0 ? null : text;

    private static DateOnly? Day(string text, string field, List<Fault> faults)
    {
        if (text.Length == 0)
        {
            return null;
        }
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }
        faults.Add(new Fault(Codes.BadDate, field, text, "a day, for example 2025-03-12"));
        return null;
    }
}
