from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sync", "0009_supplier_credit_notes"),
    ]

    operations = [
        migrations.AddField(model_name="transfer", name="claimed_at", field=models.DateTimeField(null=True)),
    ]
