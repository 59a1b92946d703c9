namespace EdgeQuant.Tool.Output;

/// <summary>What was written for Ansible.</summary>
/// <param name="Playbook">The playbook.</param>
/// <param name="Inventory">The inventory for it.</param>
/// <param name="Files">The folder of its files.</param>
internal sealed record PlaybookDocument(string Playbook, string Inventory, string Files);
