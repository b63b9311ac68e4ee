using EdgeHub.Tests.Unit.Postgres;
using Npgsql;

namespace EdgeHub.Tests.Unit.Sync;

/// <summary>A small disk as a tablespace of PostgreSQL's.</summary>
internal sealed partial class SmallDisk
{
    /// <summary>PostgreSQL's name of it.</summary>
    public string Tablespace { get; private set; } = "";

    /// <summary>Lets the server put databases there.</summary>
    public void MakeTablespace()
    {
        var place = Directory.CreateDirectory(Path.Combine(Folder, "tablespace")).FullName;
        Assert.True(Run("chown", "--reference=" + DataFolder(TestServer.Words!), place), "chown");
        Tablespace = Path.GetFileName(Folder).Replace('-', '_');
        TestServer.Execute($"create tablespace {Tablespace} location '{place}'");
    }

    /// <summary>Beside the server's data: its user must reach it.</summary>
    static partial void FindPlace(ref string beside)
    {
        if (TestServer.Words is { } words)
        {
            beside = Path.GetDirectoryName(DataFolder(words))!;
        }
    }

    partial void Undo()
    {
        if (Tablespace.Length > 0)
        {
            TestServer.Execute($"drop tablespace if exists {Tablespace}");
        }
    }

    private static string DataFolder(string words)
    {
        using var connection = new NpgsqlConnection(words + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand("show data_directory", connection);
        return (string)command.ExecuteScalar()!;
    }
}
