using System.Text.Json;
using EdgeHub.Rules;

namespace EdgeHub.Agent.Devices;

/// <summary>A reader without hardware, for demonstrations and tests: a call or a file presents a card. The file holds
/// {"cardNumber": "…"} or {"idNumber": "…"}; taking it away removes the card.</summary>
public sealed class SimulatedCardReader
{
    public const string ReaderName = "simulated";
    private const int MaxFileBytes = 4_096;
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private readonly Lock _gate = new();
    private readonly string _cardFile;
    private readonly CardReaders _readers;
    private readonly TimeProvider _time;
    private PresentedCard? _presented;
    private PresentedCard? _seen;
    private string? _unreadable;
    private bool _isReady;

    public SimulatedCardReader(string cardFile, CardReaders readers, TimeProvider time)
    {
        (_cardFile, _readers, _time) = (cardFile, readers, time);
        readers.OnLook(Look);
    }

    /// <summary>Puts a card into the reader, in place of the one that may be in it.</summary>
    /// <exception cref="FaultException">No number and no error, or an error that is none.</exception>
    public ReaderState Present(PresentedCard card)
    {
        _ = CardOf(card);
        lock (_gate)
        {
            _presented = card;
        }
        return _readers.Find(ReaderName) ?? throw new InvalidOperationException("The simulated reader shows itself on every look.");
    }

    public ReaderState Present(string? cardNumber, string? idNumber) => Present(new PresentedCard(cardNumber, idNumber));

    /// <summary>Takes the card out, the file included.</summary>
    public void Remove()
    {
        lock (_gate)
        {
            _presented = null;
            File.Delete(_cardFile);
        }
        Look();
    }

    private void Look()
    {
        lock (_gate)
        {
            var (now, unreadable) = _presented is not null ? (_presented, null) : FromFile();
            if (now == _seen && unreadable == _unreadable && _isReady)
            {
                return;
            }
            (_seen, _unreadable, _isReady) = (now, unreadable, true);
            if (now is null)
            {
                _readers.Put(
                    ReaderName, unreadable is null ? ReaderStatus.Ready : ReaderStatus.NotRead, null,
                    unreadable is null ? null : new DeviceError(DeviceErrorCode.CardUnreadable, unreadable));
                return;
            }
            var (card, error) = CardOf(now);
            _readers.Put(
                ReaderName, error is null ? ReaderStatus.Read : error.Code <= DeviceErrorCode.TooManyReaders ? ReaderStatus.Faulty : ReaderStatus.NotRead, card, error);
        }
    }

    private (PresentedCard? Card, string? Unreadable) FromFile()
    {
        var file = new FileInfo(_cardFile);
        if (!file.Exists)
        {
            return (null, null);
        }
        try
        {
            if (file.Length > MaxFileBytes)
            {
                return (null, $"card.json: {file.Length} bytes");
            }
            var card = JsonSerializer.Deserialize<PresentedCard>(File.ReadAllBytes(_cardFile), Web);
            return card is not null && CardOf(card) is var _ ? (card, null) : (null, "card.json: null");
        }
        catch (Exception unreadable) when (unreadable is JsonException or FaultException or IOException)
        {
            return (null, "card.json: " + (unreadable is FaultException fault ? fault.Fault.Field : "unreadable"));
        }
    }

    private (CardRead? Card, DeviceError? Error) CardOf(PresentedCard card)
    {
        DeviceError? error = null;
        if (!string.IsNullOrWhiteSpace(card.Error))
        {
            error = Enum.TryParse<DeviceErrorCode>(card.Error, out var code) && code.ToString() == card.Error
                ? new DeviceError(code, "simulated")
                : throw new FaultException(new Fault(Codes.UnknownCode, "error", card.Error, "an error of the program's list"));
        }
        var (number, id) = (Blank(card.CardNumber), Blank(card.IdNumber));
        if (number is null && id is null)
        {
            return error is not null
                ? (null, error)
                : throw new FaultException(new Fault(Codes.Missing, "cardNumber", "", "a card number or an identity number"));
        }
        return (new CardRead(ReaderName, number, id, _time.GetUtcNow()) { Name = Blank(card.Name) }, error);
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>A card as a caller or the file presents it.</summary>
/// <param name="Error">One of <see cref="DeviceErrorCode"/>: the card, or the reader, that fails so; null: a good card.</param>
public sealed record PresentedCard(string? CardNumber, string? IdNumber, string? Name = null, string? Error = null);
