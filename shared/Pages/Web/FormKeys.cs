using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeHub.Pages.Web;

/// <summary>The keys of the forms' tokens, in files of a folder. A key for which a full disk has no room is kept in memory: pages are shown and
/// forms taken all the same, until the program is started again.</summary>
/// <param name="folder">That only this program's user can read; made where it is missing.</param>
public sealed class FormKeys(string folder, ILoggerFactory? logs = null) : IXmlRepository
{
    private readonly FileSystemXmlRepository _files = new(new DirectoryInfo(folder), logs ?? NullLoggerFactory.Instance);
    private readonly Lock _gate = new();
    private readonly List<XElement> _kept = [];

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        lock (_gate)
        {
            return [.. _files.GetAllElements(), .. _kept];
        }
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        try
        {
            _files.StoreElement(element, friendlyName);
        }
        catch (IOException)
        {
            // No room, or the folder is gone: the next start makes a key again.
            lock (_gate)
            {
                _kept.Add(new XElement(element));
            }
        }
    }
}
