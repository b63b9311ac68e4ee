using System.Buffers.Binary;
using System.Globalization;
using EdgeHub.Rules.Ids;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Hub.Operations;

/// <summary>Makes synthetic insured persons: the same seed gives the same persons on every machine. Identity numbers have right
/// check digits and the area code 990924: no province begins with 99 in the national list (GB/T 2260), so nobody has such a
/// number. Names come from short lists of syllables; ages follow a county's pyramid roughly; all of it is sample.</summary>
public sealed class MemberSample
{
    public const string AreaOfNobody = "990924";
    public const int Most = 2_000_000;

    public static readonly IReadOnlyList<string> Columns =
        ["person", "id_number", "card_number", "name", "sex", "birth_date", "village", "insurance_type", "person_type", "pooling_area", "cover_first", "cover_last", "status", "account"];

    private const string Surnames = "李王张杨赵刘陈周罗鲁何马段普毕字石查尹董穆钟鲍沙金田唐彭";
    private const string GivenFirst = "建国永春秋文明志光德正家兴玉秀桂美丽小大云海红金银新天加华兰";
    private const string GivenSecond = "平安强伟军明华英芳梅香珍琴仙花凤林生福贵才良东升荣昌松柏芬萍";

    /// <summary>Persons per 1,000 in each span of ten years of age, from 0 to 99.</summary>
    private static readonly int[] Pyramid = [125, 130, 125, 150, 145, 145, 95, 55, 25, 5];

    private static readonly AreaCode Area = AreaCode.Parse(AreaOfNobody, "area");

    private static readonly DateOnly Today = new(2025, 1, 1);

    private readonly SeededEntropy _entropy;
    private readonly string _region;
    private readonly IReadOnlyList<string> _villages;
    private readonly int[] _weights;
    private readonly int _weightSum;
    private readonly Dictionary<(DateOnly Birth, bool Male), int> _serials = [];

    /// <param name="villages">Codes; the persons are spread over them unevenly, as people live.</param>
    public MemberSample(string region, IReadOnlyList<string> villages, ulong seed)
    {
        _entropy = new SeededEntropy(seed);
        (_region, _villages) = (region, villages);
        _weights = [.. villages.Select(_ => 60 + Below(100))];
        _weightSum = _weights.Sum();
    }

    public IEnumerable<IReadOnlyList<string>> Persons(int count)
    {
        for (var number = 1; number <= count; number++)
        {
            yield return Person(number);
        }
    }

    private string[] Person(int number)
    {
        var male = Below(1000) < 514;
        var (birth, serial) = Birth(male);
        var age = Today.Year - birth.Year;
        var employee = age is >= 22 and < 60 && Below(1000) < 90;
        var personType = employee ? "11" : age >= 60 && Below(1000) < 40 ? "12" : age < 18 ? "14" : age < 60 ? "15" : "16";
        var insurance = personType is "11" or "12" ? "310" : "390";
        var account = insurance == "310" ? 20_000 + (Below(3000) * 100) : Below(4) == 0 ? Below(200) * 100 : 0;
        var stopped = Below(1000) < 4;
        return
        [
            string.Create(CultureInfo.InvariantCulture, $"{_region}{number:00000000}"),
            ChineseId.Of(Area, birth, serial).Format(),
            string.Create(CultureInfo.InvariantCulture, $"S{number:00000000}"),
            Name(),
            male ? "1" : "2",
            birth.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Village(),
            insurance,
            personType,
            _region,
            "2025-01-01",
            "2025-12-31",
            stopped ? "2" : "1",
            string.Create(CultureInfo.InvariantCulture, $"{account / 100}.{account % 100:00}"),
        ];
    }

    /// <summary>A birth date and a serial that is free on it: odd for men, even for women.</summary>
    private (DateOnly Birth, int Serial) Birth(bool male)
    {
        while (true)
        {
            var born = Today.AddDays(-1 - (Decade() * 3652) - Below(3652));
            var used = _serials.GetValueOrDefault((born, male));
            if (used < 499)
            {
                _serials[(born, male)] = used + 1;
                return (born, (used * 2) + (male ? 1 : 2));
            }
        }
    }

    private int Decade()
    {
        var at = Below(1000);
        for (var decade = 0; decade < Pyramid.Length; decade++)
        {
            at -= Pyramid[decade];
            if (at < 0)
            {
                return decade;
            }
        }
        return 0;
    }

    private string Village()
    {
        var at = Below(_weightSum);
        var village = 0;
        while (at >= _weights[village])
        {
            at -= _weights[village++];
        }
        return _villages[village];
    }

    private string Name()
    {
        var name = $"{Surnames[Below(Surnames.Length)]}{GivenFirst[Below(GivenFirst.Length)]}";
        return Below(4) == 0 ? name : name + GivenSecond[Below(GivenSecond.Length)];
    }

    /// <summary>A number from 0 up to, not including, the limit; even enough for a sample.</summary>
    private int Below(int limit)
    {
        Span<byte> bytes = stackalloc byte[8];
        _entropy.Fill(bytes);
        return (int)(BinaryPrimitives.ReadUInt64LittleEndian(bytes) % (uint)limit);
    }
}
