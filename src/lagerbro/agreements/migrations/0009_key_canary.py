from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0008_approvals"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeyCanary",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sealed", models.BinaryField()),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="capability",
            name="secret_digest",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
    ]
