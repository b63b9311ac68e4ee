using System.Globalization;
using System.Text;
using QRCoder;

namespace EdgeHub.Tests.Browser;

/// <summary>A QR code as a printer draws it that is only told the text: model 2, correction M, 6 dots a module.</summary>
internal static class QrPicture
{
    private const int Dots = 6;

    public static string Svg(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(Encoding.UTF8.GetBytes(text), QRCodeGenerator.ECCLevel.M);
        var side = code.ModuleMatrix.Count;
        var path = new StringBuilder();
        for (var row = 0; row < side; row++)
        {
            for (var column = 0; column < side; column++)
            {
                if (code.ModuleMatrix[row][column])
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{column} {row}h1v1h-1z");
                }
            }
        }
        return string.Create(CultureInfo.InvariantCulture, $"<svg width=\"{side * Dots}\" height=\"{side * Dots}\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\"><path d=\"{path}\"/></svg>");
    }
}
