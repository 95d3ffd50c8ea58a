import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('who', models.CharField(max_length=150)),
                ('what', models.CharField(choices=[('brought', 'brought a file'), ('built', 'had a release built'), ('published', 'published a file'), ('refused', 'was refused a publication'), ('undid', 'undid a publication'), ('discarded', 'discarded a file')], max_length=9)),
                ('about', models.CharField(max_length=200)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('release', models.CharField(blank=True, max_length=40)),
            ],
            options={
                'ordering': ('-at', '-id'),
            },
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=32, unique=True)),
                ('created', models.DateTimeField(auto_now_add=True)),
                ('file', models.CharField(max_length=200)),
                ('dataset_file', models.CharField(max_length=200)),
                ('kind', models.CharField(max_length=10)),
                ('size', models.PositiveBigIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('state', models.CharField(choices=[('brought', 'brought'), ('published', 'published'), ('undone', 'undone'), ('discarded', 'discarded')], default='brought', max_length=9)),
                ('dataset', models.CharField(blank=True, max_length=200)),
                ('snapshot', models.CharField(blank=True, max_length=40)),
                ('snapshot_before', models.CharField(blank=True, max_length=40)),
                ('release', models.CharField(blank=True, max_length=40)),
                ('release_before', models.CharField(blank=True, max_length=40)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-created',),
            },
        ),
    ]
