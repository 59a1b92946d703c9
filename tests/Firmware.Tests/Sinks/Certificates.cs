using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeQuant.Firmware.Tests.Sinks;

/// <summary>A certificate authority of one's own, and what it signs, as PEM files.</summary>
internal sealed class Certificates : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _authority;

    public Certificates(string name = "Test CA")
    {
        CertificateRequest request = new($"CN={name}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        _authority = request.CreateSelfSigned(Day(-1000), Day(1000));
        File.WriteAllText(AuthorityPath, _authority.ExportCertificatePem());
    }

    public string AuthorityPath => _folder.File("ca.pem");

    /// <summary>Signs a certificate for 127.0.0.1, or for another name.</summary>
    /// <param name="name">What it is called; also the names of its files.</param>
    /// <param name="host">A host's name, in place of 127.0.0.1.</param>
    /// <param name="from">The first day on which it holds, from today.</param>
    /// <param name="until">The last day.</param>
    /// <returns>The files of the certificate and of its key, which only their user can read.</returns>
    public (string Certificate, string Key) Sign(string name, string? host = null, int from = -10, int until = 10)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        if (host is null)
        {
            names.AddIpAddress(IPAddress.Loopback);
        }
        else
        {
            names.AddDnsName(host);
        }

        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.Create(_authority, Day(from), Day(until), Guid.NewGuid().ToByteArray());
        (string Certificate, string Key) files = (_folder.File(name + ".pem"), _folder.File(name + ".key"));
        File.WriteAllText(files.Certificate, certificate.ExportCertificatePem());
        File.WriteAllText(files.Key, key.ExportPkcs8PrivateKeyPem());
        FileModes.Set(files.Key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return files;
    }

    public void Dispose()
    {
        _authority.Dispose();
        _key.Dispose();
        _folder.Dispose();
    }

    private static DateTimeOffset Day(int day)
    {
        return DateTimeOffset.UtcNow.AddDays(day);
    }
}
