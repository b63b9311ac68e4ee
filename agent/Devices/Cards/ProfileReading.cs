namespace EdgeHub.Agent.Devices.Cards;

/// <summary>One card read by one profile: first what every version has, then what its version has.</summary>
internal sealed class ProfileReading(CardProfile profile, CardChannel channel)
{
    /// <summary>A card that does not do so at all, as against one that has no such record: further fields need not be tried by tag.</summary>
    private static readonly ushort[] NotByTag = [0x6A86, 0x6B00, 0x6D00, 0x6E00];

    private readonly Dictionary<CardField, byte[]> _raw = [];
    private readonly Dictionary<CardField, string> _texts = [];
    private readonly Dictionary<CardField, DateOnly> _days = [];
    private readonly List<FieldPlace> _later = [];
    private ushort? _file;
    private bool _isFileSelected;
    private bool _hasTags = true;

    public CardProfile Profile => profile;

    public CardChannel Channel => channel;

    /// <summary>The card has accepted an external authentication.</summary>
    public bool IsAuthenticated { get; set; }

    /// <summary>By its version its personal files are closed until it is authenticated to.</summary>
    public bool IsClosed => !IsAuthenticated && CardReading.Major(Text(CardField.Version)) is { } major && profile.AuthenticatedVersions.Contains(major, StringComparer.Ordinal);

    public string? Text(CardField field) => _texts.TryGetValue(field, out var text) && text.Length > 0 ? text : null;

    public DateOnly? Day(CardField field) => _days.TryGetValue(field, out var day) ? day : null;

    /// <summary>What stands in the file of the version, which is open on every version that says what it is. Null: well so far.</summary>
    public DeviceError? Open()
    {
        var first = profile.Fields.FirstOrDefault(field => field.Field == CardField.Version)?.File;
        _later.AddRange(profile.Fields.Where(field => field.File != first || field.Versions.Count > 0));
        return ReadAll(profile.Fields.Where(field => !_later.Contains(field)));
    }

    /// <summary>What is left, by the version that was read. A file that was closed before is tried again after an authentication.</summary>
    public DeviceError? Personal()
    {
        var early = profile.Fields.Where(field => !_later.Contains(field) && !_raw.ContainsKey(field.Field));
        if (ReadAll(early) is { } wrong)
        {
            return wrong;
        }
        var (version, known) = (Text(CardField.Version), profile.KnownVersions);
        var major = CardReading.Major(version);
        if (known.Count > 0 && (major is null || !known.Contains(major, StringComparer.Ordinal)))
        {
            return new DeviceError(DeviceErrorCode.CardUnreadable, $"version {version}");
        }
        var rows = _later.Where(field => field.Versions.Count == 0 || field.Versions.Contains(major!, StringComparer.Ordinal));
        return ReadAll(rows) ?? Names();
    }

    private DeviceError? ReadAll(IEnumerable<FieldPlace> places)
    {
        foreach (var place in places.ToList())
        {
            if (_raw.ContainsKey(place.Field))
            {
                continue;
            }
            var (value, status) = place.Offset is { } offset ? Binary(place, offset) : Record(place);
            if (value is null && profile.NeedsAuthentication.Contains(status))
            {
                return new DeviceError(DeviceErrorCode.CardNeedsAuthentication, $"{place.Where}: {status:X4}");
            }
            if (value is null && profile.Blocked.Contains(status))
            {
                return new DeviceError(DeviceErrorCode.CardBlocked, $"{place.Where}: {status:X4}");
            }
            if (value is null ? place.IsNeeded : !Take(place, value))
            {
                return new DeviceError(DeviceErrorCode.CardUnreadable, value is null ? $"{place.Where}: {status:X4}" : $"{place.Where}: {place.Field}");
            }
        }
        return null;
    }

    /// <summary>By tag, else by number with the file's short identifier. A record without its tag, or longer than the field, is none.</summary>
    private (byte[]? Value, ushort Status) Record(FieldPlace place)
    {
        Select(place.File);
        var length = (byte)(place.Length + (place.Tag is null ? 0 : 2));
        ushort status = 0;
        if (place.Tag is { } tag && _hasTags && _isFileSelected)
        {
            var answer = channel.Send(0x00, 0xB2, tag, 0x00, length);
            if (answer.IsWell && Value(place, answer.Data) is { } value)
            {
                return (value, answer.Status);
            }
            _hasTags = !NotByTag.Contains(answer.Status);
            status = answer.Status;
        }
        if (place.Record is not { } record)
        {
            return (null, status);
        }
        var byNumber = channel.Send(0x00, 0xB2, record, (byte)(((place.File & 0x1F) << 3) | 4), length);
        return byNumber.IsWell ? (Value(place, byNumber.Data), byNumber.Status) : (null, byNumber.Status);
    }

    private (byte[]? Value, ushort Status) Binary(FieldPlace place, ushort offset)
    {
        Select(place.File);
        var answer = channel.Send(0x00, 0xB0, (byte)(offset >> 8), (byte)(offset & 0xFF), place.Length);
        return (answer.IsWell && answer.Data.Length == place.Length ? answer.Data : null, answer.Status);
    }

    /// <summary>The value of a record: tag, length, value where the profile has tags, else the whole.</summary>
    private static byte[]? Value(FieldPlace place, byte[] data)
    {
        if (place.Tag is not { } tag)
        {
            return data.Length <= place.Length ? data : null;
        }
        return data.Length >= 2 && data[0] == tag && data[1] == data.Length - 2 && data[1] <= place.Length ? data[2..] : null;
    }

    private void Select(ushort file)
    {
        if (_file == file)
        {
            return;
        }
        (_file, _isFileSelected) = (file, false);
        foreach (var header in profile.FileSelects)
        {
            if (channel.Send([.. header, 0x02, (byte)(file >> 8), (byte)(file & 0xFF)]).IsWell)
            {
                _isFileSelected = true;
                return;
            }
        }
    }

    private bool Take(FieldPlace place, byte[] value)
    {
        _raw[place.Field] = value;
        if (place.Encoding == FieldEncoding.Date)
        {
            var isDay = FieldText.TryDay(value, out var day);
            if (day is { } known)
            {
                _days[place.Field] = known;
            }
            return isDay;
        }
        if (place.Encoding == FieldEncoding.Gbk)
        {
            // Read once its extension is there.
            return true;
        }
        var text = place.Encoding == FieldEncoding.Digits ? FieldText.Digits(value) : FieldText.Ascii(value);
        _texts[place.Field] = text ?? "";
        return text is not null && (text.Length > 0 || !place.IsNeeded);
    }

    /// <summary>The name with its extension, joined as bytes.</summary>
    private DeviceError? Names()
    {
        if (!_raw.TryGetValue(CardField.Name, out var name))
        {
            return null;
        }
        var extension = _raw.GetValueOrDefault(CardField.NameExtension, []);
        var text = FieldText.Gbk([.. FieldText.Unpadded(name), .. FieldText.Unpadded(extension)]);
        _texts[CardField.Name] = text ?? "";
        return text is null ? new DeviceError(DeviceErrorCode.CardUnreadable, "the name is no GBK text") : null;
    }
}
