using System.Text.Json;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;

namespace EdgeHub.Hub.Bookings;

/// <summary>FHIR R4: an Appointment, or a Bundle of them, as bookings of one site. Read: id (else the first identifier's value), status,
/// start, end or minutesDuration, serviceType or specialty (its first display or code) as the profession, and of the participants
/// Patient (identifier.value, else the number behind "Patient/"), Location (display) as the room, Practitioner (display) as the staff.
/// Other elements are passed over. Status: booked, arrived, checked-in and pending are booked; cancelled, entered-in-error and noshow
/// are cancelled; proposed, waitlist and fulfilled are counted and not loaded. Source: O7; HL7 FHIR R4 Appointment.</summary>
public static class AppointmentReader
{
    public const int MostAppointments = 5_000;
    private const int MostDepth = 32;
    private static readonly string[] Stands = ["booked", "arrived", "checked-in", "pending"];
    private static readonly string[] Falls = ["cancelled", "entered-in-error", "noshow"];
    private static readonly string[] Neither = ["proposed", "waitlist", "fulfilled"];

    /// <returns>The bookings, and how many appointments are neither booked nor cancelled.</returns>
    /// <exception cref="FaultException">Not such a resource, or a value is missing or not right; all are named by their place.</exception>
    public static (IReadOnlyList<BookingRow> Rows, int PassedOver) Read(ReadOnlyMemory<byte> json, string site)
    {
        using var document = Parse(json);
        var appointments = Appointments(document.RootElement);
        var (rows, faults, passed) = (new List<BookingRow>(), new List<Fault>(), 0);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (appointment, place) in appointments)
        {
            var found = new Faults(place);
            var status = Text(appointment, "status");
            if (Neither.Contains(status, StringComparer.Ordinal))
            {
                passed++;
                continue;
            }
            found.Require(Stands.Contains(status) || Falls.Contains(status), Codes.UnknownCode, "status", status, string.Join(", ", [.. Stands, .. Falls, .. Neither]));
            rows.Add(Row(appointment, site, Falls.Contains(status, StringComparer.Ordinal), found));
            found.Require(keys.Add(rows[^1].Key), Codes.Duplicated, "id", rows[^1].Key, "each booking of a site once");
            faults.AddRange(found.All);
        }
        return faults.Count == 0 ? (rows, passed) : throw new FaultException([.. faults.Take(100)]);
    }

    private static BookingRow Row(JsonElement appointment, string site, bool isCancelled, Faults found)
    {
        var key = Text(appointment, "id") is { Length: > 0 } id ? id : First(appointment, "identifier") is { } identifier ? Text(identifier, "value") : "";
        found.Require(key.Length is >= 1 and <= BookingWords.MostKeyCharacters && !key.StartsWith(BookingWords.DeskKey, StringComparison.Ordinal), Codes.Missing, "id", key,
            $"1 to {BookingWords.MostKeyCharacters} characters that do not begin with {BookingWords.DeskKey}");
        var person = Number(Actor(appointment, "Patient"));
        found.Require(person.Length is >= 2 and <= 30 && person.All(char.IsAsciiLetterOrDigit), Codes.Missing, "participant.actor", "", "a Patient with identifier.value or a reference Patient/NUMBER");
        var starts = Instant(appointment, "start");
        found.Require(starts is not null, Codes.BadDate, "start", Text(appointment, "start"), "an instant with its offset, for example 2026-03-02T09:30:00+08:00");
        var minutes = appointment.TryGetProperty("minutesDuration", out var given) && given.ValueKind == JsonValueKind.Number && given.TryGetInt32(out var whole) ? whole
            : Instant(appointment, "end") is { } end && starts is { } start ? (int)Math.Min(long.MaxValue >> 32, (end - start).Ticks / TimeSpan.TicksPerMinute) : 0;
        found.Require(minutes is >= 1 and <= BookingWords.MostMinutes, Codes.BadNumber, "minutesDuration", $"{minutes}", $"1 to {BookingWords.MostMinutes}, or an end behind the start");
        return new BookingRow(
            site, key, person.ToUpperInvariant(), starts ?? DateTimeOffset.UnixEpoch, Math.Clamp(minutes, 1, BookingWords.MostMinutes), Short(Display(Actor(appointment, "Location"))),
            Short(Concept(appointment, "serviceType") is { Length: > 0 } service ? service : Concept(appointment, "specialty")),
            Short(Display(Actor(appointment, "Practitioner"))), "fhir", isCancelled);
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MostDepth });
            if (JsonWhole.Holds(document.RootElement))
            {
                return document;
            }
            document.Dispose();
            throw new FaultException(new Fault(Codes.BadJson, "body", "", "JSON of a FHIR R4 Appointment or Bundle"));
        }
        catch (JsonException unreadable)
        {
            throw new FaultException(new Fault(Codes.BadJson, unreadable.Path ?? "body", "", "JSON of a FHIR R4 Appointment or Bundle"));
        }
    }

    private static List<(JsonElement Appointment, string Place)> Appointments(JsonElement root)
    {
        var type = root.ValueKind == JsonValueKind.Object ? Text(root, "resourceType") : "";
        var all = type switch
        {
            "Appointment" => [(root, "Appointment")],
            "Bundle" when root.TryGetProperty("entry", out var entries) && entries.ValueKind == JsonValueKind.Array => entries.EnumerateArray()
                .Select((entry, place) => (entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("resource", out var resource) ? resource : default, $"entry[{place}]"))
                .Where(entry => entry.Item1.ValueKind == JsonValueKind.Object && Text(entry.Item1, "resourceType") == "Appointment").ToList(),
            "Bundle" => [],
            _ => throw new FaultException(new Fault(Codes.UnknownCode, "resourceType", type, "Appointment or Bundle")),
        };
        return all.Count <= MostAppointments ? all : throw new FaultException(new Fault(Codes.TooMany, "entry", $"{all.Count}", $"at most {MostAppointments}"));
    }

    /// <summary>The actor of the participant whose reference, or type, is of this kind; none: an undefined element.</summary>
    private static JsonElement Actor(JsonElement appointment, string kind) =>
        appointment.TryGetProperty("participant", out var participants) && participants.ValueKind == JsonValueKind.Array
            ? participants.EnumerateArray().Select(each => each.ValueKind == JsonValueKind.Object && each.TryGetProperty("actor", out var actor) ? actor : default)
                .FirstOrDefault(actor => actor.ValueKind == JsonValueKind.Object
                    && (Text(actor, "reference").StartsWith(kind + "/", StringComparison.Ordinal) || Text(actor, "type") == kind))
            : default;

    private static string Number(JsonElement patient)
    {
        if (patient.ValueKind != JsonValueKind.Object)
        {
            return "";
        }
        var identifier = patient.TryGetProperty("identifier", out var given) && given.ValueKind == JsonValueKind.Object ? Text(given, "value") : "";
        return identifier.Length > 0 ? identifier : Text(patient, "reference") is var reference && reference.IndexOf('/') is >= 0 and var slash ? reference[(slash + 1)..] : "";
    }

    private static string Concept(JsonElement appointment, string field)
    {
        var concept = First(appointment, field);
        var coding = concept is { } one ? First(one, "coding") : null;
        return coding is { } code ? Text(code, "display") is { Length: > 0 } display ? display : Text(code, "code") : concept is { } plain ? Text(plain, "text") : "";
    }

    private static JsonElement? First(JsonElement of, string field) =>
        of.TryGetProperty(field, out var list) && list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0 && list[0].ValueKind == JsonValueKind.Object ? list[0] : null;

    private static string Display(JsonElement actor) => actor.ValueKind == JsonValueKind.Object ? Text(actor, "display") : "";

    private static string Text(JsonElement of, string field) =>
        of.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : "";

    private static DateTimeOffset? Instant(JsonElement of, string field) =>
        of.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var instant) && instant.Year is >= 2000 and < 2100
            ? instant.ToUniversalTime() : null;

    private static string Short(string text)
    {
        var plain = new string([.. text.Where(letter => !char.IsControl(letter))]);
        return plain.Length <= BookingWords.MostWordCharacters ? plain : plain[..BookingWords.MostWordCharacters];
    }

    /// <summary>Gathers what is wrong with one resource.</summary>
    private sealed class Faults(string place)
    {
        public List<Fault> All { get; } = [];

        public void Require(bool holds, string code, string field, string value, string expected)
        {
            if (!holds)
            {
                All.Add(new Fault(code, $"{place}.{field}", value, expected));
            }
        }
    }
}
