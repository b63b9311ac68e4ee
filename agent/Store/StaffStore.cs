using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>What a PIN is checked against.</summary>
/// <param name="Rounds">How often the function runs: what one check costs.</param>
public sealed record PinProof(byte[] Salt, byte[] Hash, int Rounds);

/// <summary>Somebody who works at this site.</summary>
/// <param name="Name">Shown on pages; kept sealed.</param>
/// <param name="MustChange">The PIN was given by another: the first thing to do is to choose an own one.</param>
/// <param name="PinEnds">Until when a PIN that was given is taken; null: no end.</param>
/// <param name="Wrong">Wrong tries in a row.</param>
/// <param name="WrongAt">The last of them.</param>
/// <param name="LeftAt">Null: works here.</param>
public sealed record StaffMember(
    string Number, string Name, string Role, PinProof Proof, bool MustChange, DateTimeOffset? PinEnds, int Wrong, DateTimeOffset? WrongAt, DateTimeOffset? LeftAt);

/// <summary>Table staff.</summary>
public sealed class StaffStore(FieldCipher cipher)
{
    private const string Columns = "number, role, sealed, salt, hash, rounds, must_change, pin_ends, wrong, wrong_at, left_at";

    public StaffMember? Find(StoreSession session, string number)
    {
        using var row = session.Prepared($"select {Columns} from staff where number = $1").Read(number);
        return row.Read() ? Read(row) : null;
    }

    public IReadOnlyList<StaffMember> All(StoreSession session)
    {
        var all = new List<StaffMember>();
        using var rows = session.Prepared($"select {Columns} from staff order by number limit 2000").Read();
        while (rows.Read())
        {
            all.Add(Read(rows));
        }
        return all;
    }

    public void Put(StoreSession session, StaffMember member) => session.Prepared("""
        insert into staff (number, role, sealed, salt, hash, rounds, must_change, pin_ends, wrong, wrong_at, left_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        on conflict (number) do update set role = excluded.role, sealed = excluded.sealed, salt = excluded.salt, hash = excluded.hash, rounds = excluded.rounds,
            must_change = excluded.must_change, pin_ends = excluded.pin_ends, wrong = excluded.wrong, wrong_at = excluded.wrong_at, left_at = excluded.left_at
        """).Execute(
        member.Number, member.Role, cipher.Seal(member.Name, Place(member.Number)), member.Proof.Salt, member.Proof.Hash, member.Proof.Rounds,
        member.MustChange, member.PinEnds, member.Wrong, member.WrongAt, member.LeftAt);

    /// <summary>A PIN mixed with this store's own key.</summary>
    public byte[] Mixed(string pin) => cipher.LookupOf("pin", pin);

    private StaffMember Read(System.Data.Common.DbDataReader row) => new(
        row.GetString(0), cipher.OpenText((byte[])row[2], Place(row.GetString(0))), row.GetString(1),
        new PinProof((byte[])row[3], (byte[])row[4], row.GetInt32(5)), row.GetBoolean(6), At(row, 7), row.GetInt32(8), At(row, 9), At(row, 10));

    private static DateTimeOffset? At(System.Data.Common.DbDataReader row, int column) => row.IsDBNull(column) ? null : Instants.Read(row.GetString(column));

    private static string Place(string number) => "staff/" + number;
}
