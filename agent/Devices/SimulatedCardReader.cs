using System.Text.Json;
using EdgeHub.Rules;

namespace EdgeHub.Agent.Devices;

/// <summary>A reader without hardware, for demonstrations and tests: a call or a file presents a card. The file holds
/// {"cardNumber": "…"} or {"idNumber": "…"}; taking it away removes the card.</summary>
public sealed class SimulatedCardReader(string cardFile, TimeProvider time) : ICardReader
{
    public const string ReaderName = "simulated";
    private const int MaxFileBytes = 4_096;
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private readonly Lock _gate = new();
    private CardRead? _presented;
    private CardRead? _seen;

    public event EventHandler<CardChanged>? Changed;

    public string Name => ReaderName;

    /// <exception cref="FaultException">The card's file cannot be read as a card.</exception>
    public CardRead? Current
    {
        get
        {
            CardRead? now;
            bool moved;
            lock (_gate)
            {
                now = _presented ?? FromFile();
                moved = now?.CardNumber != _seen?.CardNumber || now?.IdNumber != _seen?.IdNumber;
                _seen = now;
            }
            if (moved)
            {
                Changed?.Invoke(this, new CardChanged(now));
            }
            return now;
        }
    }

    /// <summary>Puts a card into the reader, in place of the one that may be in it.</summary>
    public CardRead Present(string? cardNumber, string? idNumber)
    {
        var card = Checked(cardNumber, idNumber);
        lock (_gate)
        {
            _presented = card;
        }
        return Current ?? card;
    }

    /// <summary>Takes the card out, the file included.</summary>
    public void Remove()
    {
        lock (_gate)
        {
            _presented = null;
            File.Delete(cardFile);
        }
        _ = Current;
    }

    private CardRead? FromFile()
    {
        var file = new FileInfo(cardFile);
        if (!file.Exists)
        {
            return null;
        }
        try
        {
            if (file.Length > MaxFileBytes)
            {
                throw NoCard($"{file.Length} bytes");
            }
            var card = JsonSerializer.Deserialize<PresentedCard>(File.ReadAllBytes(cardFile), Web) ?? throw NoCard("null");
            return Checked(card.CardNumber, card.IdNumber);
        }
        catch (JsonException unreadable)
        {
            throw NoCard(unreadable.Path ?? "unreadable");
        }
    }

    private CardRead Checked(string? cardNumber, string? idNumber) =>
        string.IsNullOrWhiteSpace(cardNumber) && string.IsNullOrWhiteSpace(idNumber)
            ? throw new FaultException(new Fault(Codes.Missing, "cardNumber", "", "a card number or an identity number"))
            : new CardRead(ReaderName, Blank(cardNumber), Blank(idNumber), time.GetUtcNow());

    private static string? Blank(string? number) => string.IsNullOrWhiteSpace(number) ? null : number.Trim();

    private static FaultException NoCard(string seen) =>
        new(new Fault(Codes.BadJson, "card.json", seen, "a card as {\"cardNumber\": \"…\"} or {\"idNumber\": \"…\"}"));
}

/// <summary>A card as a caller or the file presents it.</summary>
public sealed record PresentedCard(string? CardNumber, string? IdNumber);
