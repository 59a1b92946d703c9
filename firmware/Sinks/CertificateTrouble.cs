using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace EdgeQuant.Firmware.Sinks;

/// <summary>Why a broker's certificate is not believed, and what to do.</summary>
internal static class CertificateTrouble
{
    private const X509ChainStatusFlags TimeIsWrong = X509ChainStatusFlags.NotTimeValid;

    /// <summary>Explains what was found.</summary>
    /// <param name="certificate">The broker's certificate, if it has shown one.</param>
    /// <param name="chain">Who has signed it.</param>
    /// <param name="errors">What is wrong with it.</param>
    /// <param name="host">The name that the broker was reached by.</param>
    /// <returns>A sentence or two; null if nothing is wrong.</returns>
    public static string? Explain(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors, string host)
    {
        if (errors == SslPolicyErrors.None)
        {
            return null;
        }

        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return "it has shown no certificate.";
        }

        X509ChainStatusFlags status = chain is null ? X509ChainStatusFlags.NoError : chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        if (status.HasFlag(TimeIsWrong) && certificate is X509Certificate2 dated)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"its certificate ({certificate.Subject}) holds from {dated.NotBefore:yyyy-MM-dd} to {dated.NotAfter:yyyy-MM-dd}, and the clock of this device says {DateTime.Now:yyyy-MM-dd}. Set the clock, or renew the certificate.");
        }

        return errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors)
            ? $"its certificate ({certificate.Subject}, signed by {certificate.Issuer}) is not signed by anybody whom this device believes. Name the file with the certificate of who has signed it in mqtt.tls.ca."
            : $"its certificate ({certificate.Subject}) is for another name than {host}. Set mqtt.host to a name that stands in it.";
    }
}
