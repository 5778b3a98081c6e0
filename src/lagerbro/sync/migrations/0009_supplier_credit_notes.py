from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sync", "0008_document_type"),
    ]

    operations = [
        migrations.AlterField(
            model_name="transfer",
            name="document_type",
            field=models.CharField(
                blank=True,
                choices=[("", "Ordinary"), ("credit_note", "Credit Note"), ("supplier_credit", "Supplier Credit")],
                db_default="",
                default="",
                max_length=16,
            ),
        ),
    ]
