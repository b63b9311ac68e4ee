using EdgeHub.Agent.Devices;

namespace EdgeHub.Agent.Access;

/// <summary>What the answer of a page or an endpoint shows of patients. Each says it beside its action (<see cref="NeedsAttribute"/>), so that none
/// can be added without an answer to that.</summary>
public enum Shows
{
    /// <summary>No patient: devices, catalogue, totals, staff.</summary>
    Nobody,

    /// <summary>Whom the caller does something to: that is an entry of its own, with person and operator.</summary>
    OwnEntry,

    /// <summary>Whoever is found: the handler tells it to its request's <see cref="Sight"/>.</summary>
    Told,

    /// <summary>Whom the visit of the address is of.</summary>
    Visit,

    /// <summary>Whom the settlement of the address is of.</summary>
    Settlement,

    /// <summary>Whom the reimbursement of the address is of.</summary>
    Claim,

    /// <summary>Whom the answer to the request key of the address is of.</summary>
    Request,
}

/// <summary>One look, before it is known whom it shows.</summary>
public abstract record Look
{
    private Look() { }

    /// <param name="InVisit">Blank: outside a visit.</param>
    public sealed record Person(string Number, string InVisit) : Look;

    public sealed record Visit(string Id) : Look;

    public sealed record Settlement(string Id) : Look;

    public sealed record Claim(string Id) : Look;

    public sealed record Request(string Key) : Look;

    /// <summary>A card with what it says of its holder; of somebody who is not known here too.</summary>
    public sealed record Card(string? CardNumber, string? IdNumber) : Look
    {
        public override string ToString() => "a card";
    }

    /// <summary>Several at once: one look at the list.</summary>
    /// <param name="Name">queue, bookings, evidence.</param>
    public sealed record List(string Name, int Count) : Look;
}

/// <summary>Whom one request showed. Written by the gate of the pages and the filter of the endpoints before anything is sent, and nowhere else.</summary>
public sealed class Sight
{
    private readonly List<Look> _looks = [];

    public IReadOnlyList<Look> Looks => _looks;

    /// <summary>Of this request.</summary>
    public static Sight Of(HttpContext http)
    {
        var sight = http.Features.Get<Sight>() ?? new Sight();
        http.Features.Set(sight);
        return sight;
    }

    public void Person(string number, string visit = "")
    {
        if (number.Length > 0)
        {
            _looks.Add(new Look.Person(number, visit));
        }
    }

    public void Card(CardRead? card)
    {
        if (card is not null)
        {
            _looks.Add(new Look.Card(card.CardNumber, card.IdNumber));
        }
    }

    /// <summary>A list with nobody in it shows nobody.</summary>
    public void List(string name, int count)
    {
        if (count > 0)
        {
            _looks.Add(new Look.List(name, count));
        }
    }

    /// <summary>What the address itself names.</summary>
    public void Address(Shows shows, HttpContext http)
    {
        Look? look = shows switch
        {
            Shows.Visit when Value(http, "visit") is { } visit => new Look.Visit(visit),
            Shows.Settlement when (Value(http, "settlement") ?? Value(http, "id")) is { } settlement => new Look.Settlement(settlement),
            Shows.Claim when (Value(http, "claim") ?? Value(http, "id")) is { } claim => new Look.Claim(claim),
            Shows.Request when Value(http, "requestKey") is { } key => new Look.Request(key),
            _ => null,
        };
        if (look is not null)
        {
            _looks.Add(look);
        }
    }

    /// <summary>Which page or call it is, without any value of its address.</summary>
    public static string PageOf(HttpContext http)
    {
        var pattern = "/" + ((http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "").Trim('/');
        return pattern.StartsWith("/api", StringComparison.Ordinal) ? $"{http.Request.Method} {pattern}" : pattern;
    }

    private static string? Value(HttpContext http, string name) =>
        http.Request.RouteValues[name]?.ToString() ?? (http.Request.Query[name].ToString() is { Length: > 0 } asked ? asked : null);
}
