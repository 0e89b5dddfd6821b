/* SPDX-License-Identifier: GPL-3.0-or-later */

import ca.uhn.fhir.batch2.jobs.config.Batch2JobsConfig;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.jpa.api.config.DaoConfig;
import ca.uhn.fhir.jpa.api.config.ThreadPoolFactoryConfig;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.batch2.JpaBatch2Config;
import ca.uhn.fhir.jpa.config.HapiJpaConfig;
import ca.uhn.fhir.jpa.config.r4.JpaR4Config;
import ca.uhn.fhir.jpa.config.util.HapiEntityManagerFactoryUtil;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.dialect.HapiFhirH2Dialect;
import ca.uhn.fhir.jpa.model.entity.ModelConfig;
import ca.uhn.fhir.jpa.provider.JpaCapabilityStatementProvider;
import ca.uhn.fhir.jpa.provider.JpaSystemProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.jpa.subscription.channel.config.SubscriptionChannelConfig;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import java.net.InetSocketAddress;
import java.util.Properties;
import javax.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/**
 * HAPI FHIR with its JPA storage on a database in memory, on a free loopback port, for the interoperability tests.
 * Prints the base URL on a line of its own once it serves, and ends when its standard input does.
 */
public final class HapiServer extends RestfulServer
{
  private static final long serialVersionUID = 1L;

  private final transient AnnotationConfigApplicationContext context;

  private HapiServer (AnnotationConfigApplicationContext context)
  {
    super (context.getBean (FhirContext.class));
    this.context = context;
  }

  /** What HAPI wants to be told. */
  @Configuration
  @Import ({ JpaR4Config.class, HapiJpaConfig.class, JpaBatch2Config.class, Batch2JobsConfig.class,
            SubscriptionChannelConfig.class, ThreadPoolFactoryConfig.class })
  public static class Config
  {
    @Bean
    public DaoConfig daoConfig ()
    {
      /* As HAPI comes: it answers a search asked again within a minute by what it found before. */
      return new DaoConfig ();
    }

    @Bean
    public ModelConfig modelConfig (DaoConfig daoConfig)
    {
      return daoConfig.getModelConfig ();
    }

    @Bean
    public PartitionSettings partitionSettings ()
    {
      return new PartitionSettings ();
    }

    @Bean (destroyMethod = "close")
    public BasicDataSource dataSource ()
    {
      BasicDataSource source = new BasicDataSource ();

      source.setDriver (new org.h2.Driver ());
      source.setUrl ("jdbc:h2:mem:reception;DB_CLOSE_DELAY=-1");
      source.setMaxTotal (20);
      return source;
    }

    @Bean
    public LocalContainerEntityManagerFactoryBean entityManagerFactory (ConfigurableListableBeanFactory beans,
                                                                        FhirContext fhir, DataSource source)
    {
      LocalContainerEntityManagerFactoryBean factory
        = HapiEntityManagerFactoryUtil.newEntityManagerFactory (beans, fhir);
      Properties properties = new Properties ();

      properties.put ("hibernate.dialect", HapiFhirH2Dialect.class.getName ());
      properties.put ("hibernate.hbm2ddl.auto", "update");
      properties.put ("hibernate.search.enabled", "false");
      factory.setPersistenceUnitName ("HAPI_PU");
      factory.setDataSource (source);
      factory.setJpaProperties (properties);
      return factory;
    }

    @Primary
    @Bean (name = { "hapiTransactionManager", "transactionManager" })
    public JpaTransactionManager hapiTransactionManager (EntityManagerFactory factory)
    {
      return new JpaTransactionManager (factory);
    }
  }

  @Override
  protected void initialize ()
  {
    JpaCapabilityStatementProvider statement = new JpaCapabilityStatementProvider (
      this, context.getBean (IFhirSystemDao.class), context.getBean (DaoConfig.class),
      context.getBean (ISearchParamRegistry.class), context.getBean (IValidationSupport.class));

    registerProviders (context.getBean ("myResourceProvidersR4", ResourceProviderFactory.class).createProviders ());
    registerProvider (context.getBean ("mySystemProviderR4", JpaSystemProvider.class));
    setServerConformanceProvider (statement);
    setPagingProvider (context.getBean (DatabaseBackedPagingProvider.class));
    setDefaultResponseEncoding (EncodingEnum.JSON);
  }

  public static void main (String[] arguments) throws Exception
  {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext (Config.class);
    Server server = new Server (new InetSocketAddress ("127.0.0.1", 0));
    ServletContextHandler handler = new ServletContextHandler ();
    ServletHolder holder = new ServletHolder (new HapiServer (context));

    handler.setContextPath ("/");
    holder.setInitOrder (1);
    handler.addServlet (holder, "/fhir/*");
    server.setHandler (handler);
    server.start ();
    System.out.println ("http://127.0.0.1:" + ((NetworkConnector) server.getConnectors ()[0]).getLocalPort () + "/fhir");
    System.out.flush ();

    while (System.in.read () != -1)
      continue;
    System.exit (0);
  }
}
